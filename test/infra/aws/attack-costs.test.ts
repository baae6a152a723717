import { expect, test } from "vitest";
import { RESERVED_CONCURRENCY } from "#infra/aws/reserved-concurrency.ts";
import { THROTTLES } from "#infra/deployment/throttles.ts";
import { sectionOf, tableRowsIn } from "#test/house/markdown.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { LIST_PRICES as PRICE } from "#test/support/list-prices.ts";

const DAY_SECONDS = 24 * 60 * 60;
const REQUESTS = 1_000 * DAY_SECONDS;
const ANSWER_GIGABYTES = 1e-6;
const ACCESS_LOG_GIGABYTES = 0.3e-6;
const FUNCTION_LOG_GIGABYTES = 1.1e-6;

/** What the gateway lets through of one route in a day. */
const throttled = (route: keyof typeof THROTTLES) => (THROTTLES[route]?.rate ?? Infinity) * DAY_SECONDS;

const edge = REQUESTS * (PRICE.cloudFrontRequest + ANSWER_GIGABYTES * PRICE.cloudFrontGigabyte);
const gateway = REQUESTS * (PRICE.httpApiRequest + ACCESS_LOG_GIGABYTES * PRICE.logGigabyte);
const invocation = (gigabytes: number, seconds: number) =>
  PRICE.lambdaRequest +
  gigabytes * seconds * PRICE.lambdaGigabyteSecond +
  FUNCTION_LOG_GIGABYTES * PRICE.logGigabyte;

/** 5 refreshes in 10 seconds at most, of each of the reserved instances. */
const secretReads = RESERVED_CONCURRENCY.webhook * 0.5 * DAY_SECONDS * PRICE.secretRead;

const COSTS: Record<string, number> = {
  "Webhook requests with a wrong signature":
    edge + gateway + throttled("POST /api/webhooks/stripe") * invocation(0.5, 0.01) + secretReads,
  "Requests without a token (401)": edge + gateway,
  "A student who asks for places in a loop (429)":
    edge +
    gateway +
    throttled("POST /api/enrollments") * (invocation(1, 0.03) + 4 * PRICE.tableRead + PRICE.tableWrite),
  "Any of them from one address, with `waf=on`": edge + REQUESTS * PRICE.wafRequest,
};

test("what an attack costs is what the README says, by list prices", () => {
  const rows = tableRowsIn(sectionOf(readTracked("infra/aws/README.md"), "What an attack costs"));
  const documented = rows.map(([attack, cost]) => [attack, Number(cost)] as const);
  const calculated = Object.entries(COSTS).map(([attack, cost]) => [attack, Math.round(cost)] as const);
  expect(documented).toEqual(calculated);
});
