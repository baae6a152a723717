/** The client as these sources build it, in a folder where a test may alter it, and a server for it without a stack behind. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import express from "express";
import serverless from "serverless-http";
import { beforeAll, onTestFinished } from "vitest";
import { coursePageRoutes } from "#handlers/routes/course-page.ts";
import { courseRoutes } from "#handlers/routes/courses.ts";
import { keptClient } from "#infra/deployment/build-client.ts";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { PAGE_ROUTES } from "#infra/deployment/page-routes.ts";
import { startHttpApi } from "#infra/local/http-api/start-http-api.ts";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { ROUTES } from "#workflow/contract.ts";
import { createInMemoryStores } from "./in-memory-stores.ts";
import { paidCourse } from "./payment-events.ts";

interface ServedClient {
  url: string;
  /** Replaces text in the one file whose name begins so, e.g. `assets/CoursePage`. */
  alter(name: string, change: (text: string) => string): Promise<void>;
}

/** @returns the build's folder, once it is there, and what serves a copy of it for one test */
export function useBuiltClient() {
  const built = { directory: "", serve };

  beforeAll(async () => {
    built.directory = await keptClient();
  }, 60_000);

  async function serve(policy?: (policy: string) => string): Promise<ServedClient> {
    const directory = await mkdtemp(path.join(tmpdir(), "bursar-served-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await cp(built.directory, directory, { recursive: true });
    const issuer = await startIssuer();
    const stores = createInMemoryStores({ courses: [paidCourse] });
    // Of the API, what it takes to show a course.
    const api = express()
      .use("/api/courses", courseRoutes({ courses: stores, now: () => new Date() }))
      .use(
        "/courses",
        coursePageRoutes({
          courses: stores,
          clientUrl: "https://courses.example.com",
          readShell: () => readFile(path.join(directory, "index.html"), "utf8"),
        }),
      );
    const site = await startHttpApi({
      port: 0,
      routes: [...ROUTES, ...PAGE_ROUTES],
      handlers: {
        api: serverless(api),
        webhook: () => Promise.reject(new Error("no webhook here")),
      },
      jwt: { issuer, audience: "none", jwksUrl: `${issuer}/jwks` },
      client: {
        directory,
        config: {
          oidcIssuer: issuer,
          oidcClientId: "c",
          oidcScope: "openid",
          stripePublishableKey: "pk_test_1",
        },
        contentSecurityPolicy: (policy ?? ((text) => text))(
          contentSecurityPolicy({ issuer: [issuer], isHttps: false }),
        ),
      },
    });
    onTestFinished(() => site.close());
    return {
      url: site.url,
      async alter(name, change) {
        const files = await readdir(directory, { recursive: true });
        const file = path.join(directory, files.find((one) => one.startsWith(name)) ?? "none");
        await writeFile(file, change(await readFile(file, "utf8")));
      },
    };
  }
  return built;
}

/** Announces itself, and that is all. */
async function startIssuer(): Promise<string> {
  let url = "";
  const server = createServer((_request, response) =>
    response.end(JSON.stringify({ authorization_endpoint: `${url}/auth`, token_endpoint: `${url}/token` })),
  );
  url = `http://localhost:${await listenOnLoopback(server, 0)}`;
  onTestFinished(() => closeServer(server));
  return url;
}
