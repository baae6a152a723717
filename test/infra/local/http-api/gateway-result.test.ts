import { describe, expect, onTestFinished, test, vi } from "vitest";
import { useHttpApi } from "./use-http-api.ts";

const { api, call, giveResult, start } = useHttpApi();

const MOST_LAMBDA_BYTES = 6_291_556;

/** Whose JSON has so many bytes. */
function resultOf(bytes: number) {
  const result = { statusCode: 200, body: "" };
  return { ...result, body: "x".repeat(bytes - JSON.stringify(result).length) };
}

describe("answers", () => {
  test("status, headers, cookies and body are written as returned", async () => {
    const cookies = ["a=1; HttpOnly", "b=2"];
    giveResult({
      statusCode: 201,
      headers: { "Content-Type": "text/x-test", "x-count": 3 },
      cookies,
      body: "Zoë",
    });
    const answer = await call("/api/courses");
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("text/x-test");
    expect(answer.headers.get("x-count")).toBe("3");
    expect(answer.headers.getSetCookie()).toEqual(cookies);
    expect(await answer.text()).toBe("Zoë");
  });

  test("a base64 body is written as bytes", async () => {
    giveResult({
      statusCode: 200,
      body: Buffer.from([0, 255, 128]).toString("base64"),
      isBase64Encoded: true,
    });
    const answer = await call("/api/courses");
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([0, 255, 128]));
  });

  test.each([
    ["an object", { courses: [] }, '{"courses":[]}'],
    ["a string", "plain words", "plain words"],
    ["nothing", undefined, "null"],
  ])("%s without a status is a 200 of JSON", async (_what, result, body) => {
    giveResult(result);
    const answer = await call("/api/courses");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.text()).toBe(body);
  });

  test.each([
    ["a handler that throws", () => api.mockRejectedValue(new Error("broken\n  at line 1"))],
    ["a result of the wrong shape", () => giveResult({ statusCode: 200, body: { not: "text" } })],
    ["a result larger than Lambda's limit", () => giveResult(resultOf(MOST_LAMBDA_BYTES + 1))],
    ["one whose quotes make it larger", () => giveResult({ statusCode: 200, body: '"'.repeat(3_200_000) })],
  ])("%s is an internal server error and one line in the log", async (_what, arrange) => {
    const log = vi.spyOn(console, "error").mockReturnValue(undefined);
    onTestFinished(() => log.mockRestore());
    arrange();
    const answer = await call("/api/courses?secret=1");
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ message: "Internal Server Error" });
    expect(log).toHaveBeenCalledOnce();
    expect(log.mock.calls[0]?.[0]).toMatch(/^GET \/api\/courses failed: [^\n]+$/);
  });

  test("a result as large as Lambda lets it be is an answer", async () => {
    const result = resultOf(MOST_LAMBDA_BYTES);
    giveResult(result);
    const answer = await call("/api/courses");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toHaveLength(result.body.length);
  });

  test("closing waits neither for a kept-alive connection nor for a handler", async () => {
    const brief = await start();
    await fetch(`${brief.url}/api/courses`);
    api.mockReset().mockReturnValue(new Promise(() => undefined));
    const unanswered = fetch(`${brief.url}/api/courses`).catch((error: Error) => error.message);
    await vi.waitFor(() => expect(api).toHaveBeenCalled());
    await brief.close();
    expect(await unanswered).toBe("fetch failed");
  });
});
