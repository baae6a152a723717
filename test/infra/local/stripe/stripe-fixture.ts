/** A stand-in with a receiver for its webhooks and the real SDK pointed at it, all gone after the test. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stripe } from "stripe";
import { onTestFinished } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import type { Knobs } from "#infra/local/stripe/control/knobs.ts";
import { type StripeStandIn, startStripeStandIn } from "#infra/local/stripe/stand-in.ts";
import { PURCHASE } from "#test/support/stripe-flows.ts";

export const SECRET_KEY = "sk_test_fixture";
export const PUBLISHABLE_KEY = "pk_test_fixture";
export const SIGNING_SECRET = "whsec_fixture";
export const CARD = { type: "card", number: CARDS.good, expiry: "12/34", cvc: "123" };
export const PAID_DEBIT = { type: "sepa_debit", iban: IBANS.paying };
export const REFUSED_DEBIT = { type: "sepa_debit", iban: IBANS.failing };

interface Delivery {
  body: string;
  signature: string;
  contentType: string | undefined;
  userAgent: string | undefined;
  event: Stripe.Event;
}

/** Answers every delivery with `status`, which a test may change, and keeps it. */
export async function startReceiver() {
  const receiver = { url: "", status: 200, deliveries: [] as Delivery[] };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      receiver.deliveries.push({
        body,
        signature: String(request.headers["stripe-signature"]),
        contentType: request.headers["content-type"],
        userAgent: request.headers["user-agent"],
        event: JSON.parse(body) as Stripe.Event,
      });
      response.writeHead(receiver.status, { location: "/elsewhere" }).end(`answered ${receiver.status}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return receiver;
}

export async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "stripe-stand-in-"));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

interface FixtureOptions {
  dataDir?: string;
  knobs?: Partial<Knobs>;
  /** All of them unless given. */
  enabledEvents?: string[];
}

export async function startFixture(options: FixtureOptions = {}) {
  const receiver = await startReceiver();
  const dataDir = options.dataDir ?? (await makeDataDir());
  const start = () =>
    startStripeStandIn({
      port: 0,
      dataDir,
      secretKey: SECRET_KEY,
      publishableKey: PUBLISHABLE_KEY,
      webhook: {
        url: receiver.url,
        secret: SIGNING_SECRET,
        ...(options.enabledEvents && { enabledEvents: options.enabledEvents }),
      },
      retryDelaysMs: [10],
    });
  let standIn = await start();
  onTestFinished(() => standIn.close());
  const fixture = {
    receiver,
    dataDir,
    ...clientOf(standIn),
    deliveredTypes: () => receiver.deliveries.map(({ event }) => event.type),
    deliveriesOf: (type: string) => receiver.deliveries.filter(({ event }) => event.type === type),
    async restart() {
      await standIn.close();
      standIn = await start();
      Object.assign(fixture, clientOf(standIn));
    },
  };
  await fixture.turnKnobs({ asyncPaymentDelayMs: 0, ...options.knobs });
  return fixture;
}

function clientOf(standIn: StripeStandIn) {
  const stripe = clientWith(standIn, SECRET_KEY);
  return {
    standIn,
    stripe,
    ...createStripeControl(standIn.url),
    createSession: (change: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
      stripe.checkout.sessions.create({ ...purchase, ...change }),
    confirm: async (session: Stripe.Checkout.Session, paymentMethod: object = CARD, more: object = {}) => {
      const response = await fetch(`${standIn.url}/checkout/sessions/${session.id}/confirm`, {
        method: "POST",
        headers: { "content-type": "application/json", "client-secret": session.client_secret ?? "" },
        body: JSON.stringify({ email: "ada@example.com", paymentMethod, ...more }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}

/** Tries once, unless told otherwise. */
export function clientWith(
  standIn: Pick<StripeStandIn, "port">,
  key: string,
  config: Pick<Stripe.StripeConfig, "maxNetworkRetries" | "timeout"> = {},
): Stripe {
  return new Stripe(key, {
    host: "localhost",
    port: standIn.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
}

export const purchase: Stripe.Checkout.SessionCreateParams = {
  ...PURCHASE,
  line_items: [
    { quantity: 1, price_data: { currency: "usd", unit_amount: 4900, product_data: { name: "A course" } } },
  ],
};
