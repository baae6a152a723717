import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { digestSources } from "#handlers/adapters/stripe/digest-sources.ts";

const secret = { STRIPE_WEBHOOK_SECRET: ["whsec_new", "whsec_old"] };
const digest = (addresses?: string) => digestSources({ "x-forwarded-for": addresses }, secret);

test("the caller that CloudFront and the API have seen is told, and no address is", () => {
  const sources = digest("192.0.2.1, 203.0.113.7, 198.51.100.2");
  expect(sources).toHaveLength(2);
  expect(sources).toEqual(digest("203.0.113.7,198.51.100.2"));
  expect(JSON.stringify(sources)).not.toMatch(/203\.0|198\.51|192\.0/);
});

test("what a caller writes there of itself hides nobody", () => {
  expect(digest("made up, 203.0.113.7, 198.51.100.2")).toEqual(digest("203.0.113.7, 198.51.100.2"));
});

test("is what the runbook's command makes of an address", () => {
  const made = createHmac("sha256", "whsec_new").update("203.0.113.7").digest("hex");
  expect(digest("203.0.113.7")).toEqual([made.slice(0, 16)]);
});

test("of nobody there is none", () => {
  expect([digest(), digest(""), digest(" , ")]).toEqual([[], [], []]);
});
