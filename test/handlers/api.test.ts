import { describe, expect, test } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";

const api = useApi();

describe("what goes wrong", () => {
  test("inside is 500 and tells nothing about the inside", async () => {
    api.stores.findCourse = async () => {
      throw new Error("table credentials of the inside");
    };
    const { status, body } = await api.request("GET", "/api/courses/TEST-COURSE-001");
    expect(status).toBe(500);
    expect(errorAnswerSchema.parse(body).error.code).toBe("internal_error");
    expect(JSON.stringify(body)).not.toMatch(/inside|credentials| at /);
  });

  test("with the address is 404 in the contract's shape", async () => {
    const { status, body } = await api.request("GET", "/api/nothing");
    expect(status).toBe(404);
    expect(errorAnswerSchema.parse(body).error.code).toBe("not_found");
  });

  test("with a path that cannot be decoded is 400", async () => {
    await expect(api.request("GET", "/api/courses/%E0%A4%A")).resolves.toMatchObject({ status: 400 });
  });

  test("with a body of a megabyte is 413", async () => {
    const body = JSON.stringify({ courseId: "x".repeat(1_000_000) });
    await expect(api.asAda("POST", "/api/enrollments", body)).resolves.toMatchObject({ status: 413 });
  });
});

test("health is 200 for anyone", async () => {
  await expect(api.request("GET", "/api/health")).resolves.toEqual({ status: 200, body: { status: "ok" } });
});
