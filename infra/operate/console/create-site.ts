/** The console as a site: its page, its API, and what keeps both to this machine. */
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type Express } from "express";
import { isLoopbackHost } from "#infra/one-machine/loopback.ts";

const CONSOLE_DIRECTORY = fileURLToPath(new URL("../../../dist/console", import.meta.url));

/** The definition's own words run nowhere: scripts and styles come from this server only. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

export function createSite(routes: express.Router): Express {
  const site = express().disable("x-powered-by");
  site.use((request, response, next) => {
    if (!isLoopbackHost(request.headers.host)) {
      response.status(421).type("text").send("This server only answers to localhost.");
      return;
    }
    response.set({
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    next();
  });
  site.use("/api", routes);
  const assets = join(CONSOLE_DIRECTORY, "assets") + sep;
  site.use(
    express.static(CONSOLE_DIRECTORY, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader(
          "cache-control",
          path.startsWith(assets) ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    }),
  );
  site.get("/{*page}", (_request, response, next) => {
    response.set("cache-control", "no-cache");
    response.sendFile("index.html", { root: CONSOLE_DIRECTORY }, (error) => {
      if (error) next(new Error("The console's page is not built yet.", { cause: error }));
    });
  });
  site.use(answerError);
  return site;
}

const answerError: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  if (!response.headersSent) response.status(500).type("text").send(error.message);
};
