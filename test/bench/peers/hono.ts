/** Hono on Node, as in its example of a webhook of Stripe's. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import Stripe from "stripe";
import { enrollAtOnce } from "./enroll-at-once.ts";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = new Hono();

app.post("/webhook", async (context) => {
  const signature = context.req.header("stripe-signature");
  let event: Stripe.Event;
  try {
    const body = await context.req.text();
    event = await stripe.webhooks.constructEventAsync(body, signature, process.env.STRIPE_WEBHOOK_SECRET);
  } catch (error) {
    return context.text(`Webhook signature verification failed. ${error.message}`, 400);
  }
  if (event.type === "checkout.session.completed") await enrollAtOnce(event.data.object);
  return context.json({ received: true });
});

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: "127.0.0.1" });
