import { describe, expect, test } from "vitest";
import { adasClaims, useApi } from "#test/handlers/use-api.ts";

const api = useApi();

describe("the signed-in student", () => {
  test("is created from the token's claims at first, and stays", async () => {
    const first = await api.asAda("GET", "/api/students/me");
    expect(first).toMatchObject({
      status: 200,
      body: { student: { userId: "user-ada", emailVerified: true } },
    });
    const renamed = await api.request("GET", "/api/students/me", {
      claims: { ...adasClaims, name: "Somebody" },
    });
    expect(renamed.body).toEqual(first.body);
  });

  test.each([
    "/api/students/me",
    "/api/enrollments",
    "/api/enrollments/check/X",
    "/api/checkout/session/cs_test_1",
  ])("is asked for at %s", async (path) => {
    await expect(api.request("GET", path)).resolves.toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  });

  test("cannot be shown by an id token", async () => {
    const claims = { ...adasClaims, token_use: "id" };
    await expect(api.request("GET", "/api/students/me", { claims })).resolves.toMatchObject({ status: 401 });
  });
});
