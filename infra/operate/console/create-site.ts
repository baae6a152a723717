/** The console as a site: its page, its API, and what keeps both to this machine. */
import { join, sep } from "node:path";
import express, { type ErrorRequestHandler, type Express } from "express";
import { isLoopbackHost } from "#infra/one-machine/loopback.ts";

/** The definition's own words run nowhere: scripts and styles come from this server only. */
const POLICY =
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/** @param directory of the built page; undefined: whoever asks does without it */
export function createSite(routes: express.Router, directory: string | undefined): Express {
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
  if (directory !== undefined) site.use(pages(directory));
  site.use(answerError);
  return site;
}

function pages(directory: string): express.Router {
  const router = express.Router();
  const assets = join(directory, "assets") + sep;
  router.use(
    express.static(directory, {
      index: false,
      setHeaders: (response, path) => {
        response.setHeader(
          "cache-control",
          path.startsWith(assets) ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    }),
  );
  router.get("/{*page}", (_request, response) => {
    response.set("cache-control", "no-cache");
    response.sendFile("index.html", { root: directory });
  });
  return router;
}

const answerError: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  if (!response.headersSent) response.status(500).type("text").send(error.message);
};
