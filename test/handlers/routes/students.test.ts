import { describe, expect, test } from "vitest";
import { adasClaims, useApi } from "#test/handlers/use-api.ts";

const api = useApi();

describe("the signed-in student", () => {
  test("is created from the token's claims at first", async () => {
    const first = await api.asAda("GET", "/api/students/me");
    expect(first).toMatchObject({
      status: 200,
      body: { student: { userId: "user-ada", emailVerified: true } },
    });
    await expect(api.asAda("GET", "/api/students/me")).resolves.toEqual(first);
  });

  test("is called what the token says now", async () => {
    await api.asAda("GET", "/api/students/me");
    const claims = { ...adasClaims, name: "Ada King", email: "king@example.com" };
    const { body } = await api.request("GET", "/api/students/me", { claims });
    expect(body).toMatchObject({ student: { name: "Ada King", email: "king@example.com" } });
    expect(api.stores.students.get("user-ada")).toMatchObject({
      name: "Ada King",
      email: "king@example.com",
    });
  });

  test.each([
    "/api/students/me",
    "/api/enrollments",
    "/api/enrollments/check/X",
    "/api/checkout/session/cs_test_1",
    "/api/purchases",
    "/api/purchases/cs_test_1/receipt",
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
