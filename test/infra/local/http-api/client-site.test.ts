import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ClientSiteOptions } from "#infra/local/http-api/client-site.ts";
import { type HttpApi, startHttpApi } from "#infra/local/http-api/start-http-api.ts";
import { ROUTES } from "#workflow/contract.ts";
import { sendRaw } from "./raw-request.ts";

const config = {
  oidcIssuer: "http://localhost:9080",
  oidcClientId: "bursar-client",
  oidcScope: "openid email profile",
  stripePublishableKey: "pk_test_1",
};
const INDEX = `<!doctype html><html lang="en"><head lang="en"><title>Bursar</title></head><body></body></html>`;

let root: string;
let directory: string;
let httpApi: HttpApi;

const unused = () => Promise.reject(new Error("no API here"));

function start(client: Partial<ClientSiteOptions> = {}) {
  return startHttpApi({
    port: 0,
    routes: ROUTES,
    handlers: { api: unused, webhook: unused },
    jwt: { issuer: "http://localhost", audience: "none", jwksUrl: "http://localhost/jwks" },
    client: { directory, config, ...client },
  });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "bursar-client-"));
  directory = join(root, "client");
  await mkdir(join(directory, "assets"), { recursive: true });
  await writeFile(join(root, "secret.txt"), "outside");
  await writeFile(join(directory, "index.html"), INDEX);
  await writeFile(join(directory, "robots.txt"), "User-agent: *");
  await writeFile(join(directory, "assets", "index-a1b2c3d4.js"), "export {};");
  httpApi = await start({ contentSecurityPolicy: "default-src 'self'" });
});

afterAll(async () => {
  await httpApi.close();
  await rm(root, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${httpApi.url}${path}`, init);

describe("pages", () => {
  test.each([
    "/",
    "/index.html",
    "/my-courses",
    "/checkout/return?session_id=cs_test_1.x",
    "/checkout?courseId=TEST-COURSE-003",
    "/enrollment/return?session_id=cs_test_1",
  ])("%s is the client's page, never kept by a cache", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(await answer.text()).toBe(INDEX);
  });

  test.each(["/nowhere", "/favicon.ico", "/wp-login.php", "/courses"])(
    "%s is 404 with the client's page, which says so in its own words",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("cache-control")).toBe("no-cache");
      expect(await answer.text()).toBe(INDEX);
    },
  );

  test("a page that was not built says how to build it", async () => {
    const empty = await mkdtemp(join(tmpdir(), "bursar-client-"));
    onTestFinished(() => rm(empty, { recursive: true }));
    const unbuilt = await start({ directory: empty });
    onTestFinished(() => unbuilt.close());
    const answer = await fetch(unbuilt.url);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe('The client is not built yet; start Bursar with "npm start".');
  });

  test("HEAD gives the headers of a page and of a file without the content", async () => {
    for (const path of ["/my-courses", "/robots.txt"]) {
      const answer = await get(path, { method: "HEAD" });
      expect(answer.status).toBe(200);
      expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(0);
      expect(await answer.text()).toBe("");
    }
  });
});

describe("files", () => {
  test("the configuration is what was given and is not stored", async () => {
    const answer = await get("/config.json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.json()).toEqual(config);
  });

  test("a hashed asset may be kept for ever, any other file is asked for again", async () => {
    const asset = await get("/assets/index-a1b2c3d4.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(asset.headers.get("content-type")).toContain("text/javascript");
    expect((await get("/robots.txt")).headers.get("cache-control")).toBe("no-cache");
  });

  test("an asset that is missing is not the page", async () => {
    const answer = await get("/assets/index-gone.js");
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("Not found");
  });

  test("pages and files carry the security headers", async () => {
    for (const path of ["/", "/robots.txt", "/config.json", "/missing.js"]) {
      const { headers } = await get(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
      expect(headers.get("content-security-policy")).toBe("default-src 'self'");
      expect(headers.get("x-powered-by")).toBeNull();
    }
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/secret.txt%00.html",
  ])("%s reaches nothing outside the directory", async (path) => {
    const { status, body } = await sendRaw(httpApi.port, { path, headers: { host: "localhost" } });
    expect(body).not.toContain("outside");
    expect([400, 404]).toContain(status);
  });

  test("a path that cannot be decoded is not there", async () => {
    const { status, body } = await sendRaw(httpApi.port, {
      path: "/%E0%A4%A",
      headers: { host: "localhost" },
    });
    expect({ status, body }).toEqual({ status: 404, body: INDEX });
  });

  test("nothing but reading is answered", async () => {
    expect((await get("/", { method: "POST" })).status).toBe(404);
  });
});
