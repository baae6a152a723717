import { describe, expect, test } from "vitest";
import { openPurchase } from "#test/support/purchases.ts";
import { ROUTES, type RouteKey } from "#workflow/contract.ts";
import { adasClaims, useApi } from "../use-api.ts";

const api = useApi();

const BRIEFLY = "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400";
const NOBODY = "private, no-store";

/** Of every route that the API answers; a new one has to be written down here. */
const MAY_BE_KEPT: Record<Exclude<RouteKey, "POST /api/webhooks/stripe">, string> = {
  "GET /api/courses": BRIEFLY,
  "GET /api/courses/{courseId}": BRIEFLY,
  "GET /api/students/me": NOBODY,
  "GET /api/enrollments": NOBODY,
  "GET /api/enrollments/check/{courseId}": NOBODY,
  "POST /api/enrollments": NOBODY,
  "GET /api/checkout/session/{sessionId}": NOBODY,
  "GET /api/purchases": NOBODY,
  "GET /api/purchases/{checkoutSessionId}/receipt": NOBODY,
  "POST /api/csp-reports": NOBODY,
  "GET /api/health": NOBODY,
  "GET /api/openapi.json": "public, max-age=300",
};

const PARAMETERS: Record<string, string> = {
  courseId: "TEST-COURSE-003",
  sessionId: "cs_test_1",
  checkoutSessionId: "cs_test_1",
};
const BODIES: Record<string, object> = {
  "/api/enrollments": { courseId: "TEST-COURSE-001" },
  "/api/csp-reports": [],
};

const ask = (routeKey: string) => {
  const [method = "", template = ""] = routeKey.split(" ");
  const path = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => PARAMETERS[name] ?? "");
  const body = method === "POST" ? JSON.stringify(BODIES[template]) : undefined;
  const headers = body
    ? { "content-type": template.endsWith("reports") ? "application/reports+json" : "application/json" }
    : {};
  return api.answer({ method, path, headers, body, claims: adasClaims });
};

describe("who may keep the answer", () => {
  test.each(Object.entries(MAY_BE_KEPT))("of %s is said: %s", async (routeKey, cacheControl) => {
    await api.stores.openPurchase(openPurchase());
    const { statusCode, headers } = await ask(routeKey);
    expect([statusCode, headers?.["cache-control"]]).toEqual([
      expect.toSatisfy((code: number) => [200, 201, 204, 404].includes(code)),
      cacheControl,
    ]);
  });

  test("is known of every route", () => {
    const keys = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(MAY_BE_KEPT)).toEqual(keys.filter((key) => key !== "POST /api/webhooks/stripe"));
  });

  test.each(["/api/courses/GONE", "/api/courses?after=!", "/api/nowhere"])(
    "of what is refused is nobody: %s",
    async (address) => {
      const [path = "", query = ""] = address.split("?");
      const { statusCode, headers } = await api.answer({ path, query });
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(headers?.["cache-control"]).toBe(NOBODY);
    },
  );
});

test("what is the same for everybody does not depend on who asks", async () => {
  for (const path of ["/api/courses", "/api/courses/TEST-COURSE-003"]) {
    const [anyone, ada] = [await api.answer({ path }), await api.answer({ path, claims: adasClaims })];
    expect(anyone.body).toBe(ada.body);
  }
});

test("the catalogue that one has already is not sent again, and one that has changed is", async () => {
  const first = await api.answer({ path: "/api/courses" });
  const etag = String(first.headers?.["etag"]);
  expect(etag).toMatch(/^W\/"/);
  const again = { path: "/api/courses", headers: { "if-none-match": etag } };
  const unchanged = await api.answer(again);
  expect([unchanged.statusCode, unchanged.body, unchanged.headers?.["cache-control"]]).toEqual([
    304,
    "",
    BRIEFLY,
  ]);
  for (const course of api.stores.courses.values())
    api.stores.courses.set(course.courseId, { ...course, name: "New" });
  await expect(api.answer(again)).resolves.toMatchObject({ statusCode: 200 });
});
