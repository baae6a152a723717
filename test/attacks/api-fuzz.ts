/** Requests to the API: those of the contract, with students, parameters and bodies that are right or nearly so. */
import * as fc from "fast-check";
import type { ZodMiniType } from "zod/mini";
import { OPERATIONS } from "#handlers/openapi/operations.ts";
import type { GatewayRequest } from "#test/support/gateway-events.ts";
import { ROUTES, type RouteKey } from "#workflow/contract.ts";

/** Its path is percent-encoded or not: both happen. */
export interface ApiRequest extends Omit<GatewayRequest, "claims"> {
  /** Undefined: nobody is signed in. */
  userId?: string | undefined;
}

/** Stripe's webhook has its own handler. */
const routes = ROUTES.filter((route) => route.access !== "stripe");

/** What is posted there is answered 204, without a body. */
export const SILENT = "/api/csp-reports";

/** Of a request whose path is that of a route; undefined for any other that was answered well. */
export function answerSchemaOf({ method, path }: ApiRequest): ZodMiniType | undefined {
  const matches = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
  const route = routes.find((one) => one.method === method && matches(one.path));
  const answers = route ? Object.values(OPERATIONS[`${route.method} ${route.path}` as RouteKey].answers) : [];
  return answers.find((schema) => schema !== null) ?? undefined;
}

const text = fc.string({ unit: "binary", maxLength: 80 });
const courseId = fc.oneof(
  fc.constantFrom("TEST-COURSE-003", "__proto__", "constructor", "..", "%00", "%E0%A4%A"),
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
  text,
);
const parameter = fc
  .oneof(courseId, fc.constant("cs_test_ada"), fc.stringMatching(/^cs_[A-Za-z0-9_]{1,128}$/))
  .chain((value) => fc.constantFrom(value, encodeURIComponent(value.toWellFormed())));

const routePath = fc
  .tuple(fc.constantFrom(...routes.map(({ path }) => path)), parameter)
  .map(([path, value]) => path.replace(/\{\w+\}/, () => value));

const json = { "content-type": "application/json" };
const oldReport = { "content-type": "application/csp-report" };
const newReport = { "content-type": "application/reports+json" };

const address = fc.oneof(fc.webUrl(), fc.constantFrom("inline", "eval", "data", ""), text, fc.jsonValue());
const reportBody = fc.oneof(
  fc
    .record({ "document-uri": address, "effective-directive": address, "blocked-uri": address })
    .map((report) => JSON.stringify({ "csp-report": report })),
  fc
    .array(fc.record({ type: fc.constantFrom("csp-violation", "deprecation"), body: fc.jsonValue() }))
    .map((reports) => JSON.stringify(reports)),
);
const enrollBody = fc.oneof(
  { weight: 3, arbitrary: fc.record({ courseId }).map((body) => JSON.stringify(body)) },
  {
    weight: 2,
    arbitrary: fc
      .record({ courseId: fc.jsonValue(), more: fc.jsonValue() })
      .map((body) => JSON.stringify(body)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

export const anyRequest: fc.Arbitrary<ApiRequest> = fc.record({
  method: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("GET", "POST") },
    { weight: 1, arbitrary: fc.constantFrom("HEAD", "PUT", "PATCH", "DELETE") },
  ),
  path: fc.oneof(
    { weight: 6, arbitrary: routePath },
    { weight: 1, arbitrary: fc.webPath().map((path) => `/api${path}`) },
  ),
  query: fc.oneof(fc.constant(""), fc.webQueryParameters(), fc.constant("a[__proto__][b]=1&a[]=2&a.b=3&%")),
  headers: fc.constantFrom(
    json,
    oldReport,
    newReport,
    { "content-type": "text/plain" },
    { ...json, "content-encoding": "gzip" },
  ),
  body: fc.option(fc.oneof(enrollBody, reportBody), { nil: undefined }),
  userId: fc.option(fc.constantFrom("user-ada", "user-eve", "__proto__"), { nil: undefined }),
});
