/** better-auth with its Stripe plugin, which takes the webhook itself and keeps the subscription in the table. */
import { createServer } from "node:http";
import { stripe as stripePlugin } from "@better-auth/stripe";
import { betterAuth } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import Stripe from "stripe";
import { dynamoAdapter } from "./dynamo-adapter.ts";

const { hostname, port } = new URL(process.env.STRIPE_API_BASE);
const stripeClient = new Stripe(process.env.STRIPE_SECRET_KEY, { host: hostname, port, protocol: "http" });

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  secret: process.env.BETTER_AUTH_SECRET,
  database: dynamoAdapter,
  // In production it takes a hundred deliveries from one address in ten seconds and refuses all further ones.
  rateLimit: { enabled: false },
  plugins: [
    stripePlugin({
      stripeClient,
      stripeWebhookSecret: process.env.STRIPE_WEBHOOK_SECRET,
      subscription: {
        enabled: true,
        plans: [{ name: "course", priceId: "price_course" }],
      },
    }),
  ],
});

const handle = toNodeHandler(auth);
createServer((request, response) => void handle(request, response)).listen(
  Number(process.env.PORT),
  "127.0.0.1",
);
