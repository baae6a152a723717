/** Express as in Stripe's documents: the raw body is verified, and what was bought is delivered before the answer. */
import express from "express";
import Stripe from "stripe";
import { enrollAtOnce } from "./enroll-at-once.ts";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();

app.post("/webhook", express.raw({ type: "application/json" }), async (request, response) => {
  let event: Stripe.Event;
  try {
    const signature = request.headers["stripe-signature"];
    event = stripe.webhooks.constructEvent(request.body, signature, process.env.STRIPE_WEBHOOK_SECRET);
  } catch (error) {
    response.status(400).send(`Webhook Error: ${error.message}`);
    return;
  }
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
      await enrollAtOnce(event.data.object);
      break;
  }
  response.json({ received: true });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
