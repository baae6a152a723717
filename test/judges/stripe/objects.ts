/** Everything that the stand-in answers, and every event's object, beside Stripe's own description of them. */
import type { Stripe } from "stripe";
import type { Exchange } from "#test/support/record-exchanges.ts";
import { runStripeFlows } from "#test/support/stripe-flows.ts";
import { type Difference, emptyVerdict, type Verdict } from "../verdict.ts";
import { findRepeated, findUnlisted } from "./lists.ts";
import { type OpenApi, readOpenApi } from "./open-api.ts";
import { clientAt, withRecordedStandIn } from "./recorded-stand-in.ts";
import { findDescription } from "./stripe-mock.ts";

export async function judgeStripeObjects(announce: (step: string) => void): Promise<Verdict> {
  announce("reading Stripe's description of its API");
  const api = readOpenApi(await findDescription());
  announce("buying, refusing, refunding and disputing at the stand-in");
  const exchanges = await withRecordedStandIn(async ({ exchanges: recorded, url }) => {
    await runStripeFlows({ url, stripe: clientAt(url) });
    return recorded;
  });
  const verdict = emptyVerdict("stripe objects");
  const found = new Map<string, Difference>();
  for (const findings of exchanges.flatMap((exchange) => judgeExchange(exchange, api))) {
    if (findings.length === 0) verdict.equal += 1;
    for (const what of findings)
      found.set(what, { what, theirs: "Stripe's description", ours: "the stand-in" });
  }
  const ofLists = [...findUnlisted(exchanges), ...findRepeated(exchanges)];
  return { ...verdict, differences: [...found.values(), ...ofLists] };
}

/** @returns the findings of the answer, and of each object that it has in an event */
function judgeExchange({ method, path, status, body }: Exchange, api: OpenApi): string[][] {
  if (!path.startsWith("/v1/")) return status < 400 ? [] : [api.judgeObject("error", body) ?? []];
  const answered = api.judgeAnswer(method, path, status, body) ?? [`${method} ${path} is not described`];
  return [answered, ...eventsIn(body).map((event) => judgeSnapshot(event, api))];
}

function judgeSnapshot({ data, type }: Stripe.Event, api: OpenApi): string[] {
  const { object } = data.object as { object: string };
  return api.judgeObject(object, data.object) ?? [`${type} is of ${object}, which is not described`];
}

function eventsIn(body: unknown): Stripe.Event[] {
  const { object, data } = body as { object?: string; data?: unknown };
  if (object === "event") return [body as Stripe.Event];
  return Array.isArray(data) ? data.flatMap(eventsIn) : [];
}
