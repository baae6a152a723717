import { describe, expect, test } from "vitest";
import { sendRaw } from "./raw-request.ts";
import { useHttpApi } from "./use-http-api.ts";

const { api, webhook, call, port } = useHttpApi();

describe("routes", () => {
  test.each([
    ["an unknown path", "GET", "/api/nothing"],
    ["a known path with another method", "DELETE", "/api/courses"],
    ["a path that only begins like a route", "GET", "/api/courses/a/b"],
    ["an empty parameter", "GET", "/api/courses/"],
    ["/api itself", "GET", "/api"],
  ])("%s is not found", async (_what, method, path) => {
    const answer = await call(path, { method });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toEqual({ message: "Not Found" });
    expect(api).not.toHaveBeenCalled();
  });

  test("only Stripe's route goes to the webhook's handler", async () => {
    await call("/api/webhooks/stripe", { method: "POST", body: "{}" });
    expect(webhook).toHaveBeenCalledOnce();
    expect(api).not.toHaveBeenCalled();
    expect(webhook.mock.calls[0]?.[1].functionName).toBe("bursar-webhook");
  });

  test("a path that cannot be decoded is a bad request", async () => {
    const answer = await call("/api/courses/%E0%A4%A");
    expect(answer.status).toBe(400);
  });

  test("a request for another host is refused before anything else", async () => {
    const answer = await sendRaw(port(), {
      path: "/api/courses",
      headers: { host: "rebound.example:3000" },
    });
    expect(answer.status).toBe(421);
    expect(api).not.toHaveBeenCalled();
  });

  test.each(["localhost:3000", "127.0.0.1", "[::1]:80", "LOCALHOST"])("the host %s is ours", async (host) => {
    const answer = await sendRaw(port(), { path: "/api/courses", headers: { host } });
    expect(answer.status).toBe(200);
  });

  test.each(["localhost.example", "127.0.0.1.example", "localhost:3000@evil.example"])(
    "the host %s is not ours",
    async (host) => {
      const answer = await sendRaw(port(), { path: "/api/courses", headers: { host } });
      expect(answer.status).toBe(421);
    },
  );
});
