/** The other half of the server: the built client, as CloudFront serves it from S3. */
import { readFile } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";
import express, { type ErrorRequestHandler, type Express } from "express";
import type { ClientConfig } from "#workflow/contract.ts";

export interface ClientSiteOptions {
  /** What `vite build` wrote. */
  directory: string;
  /** Served as `/config.json`. */
  config: ClientConfig;
  contentSecurityPolicy?: string;
}

const NO_CACHE = "no-cache";
const IMMUTABLE = "public, max-age=31536000, immutable";

export function createClientSite(options: ClientSiteOptions): Express {
  const assets = resolve(options.directory, "assets") + sep;
  const site = express();
  site.disable("x-powered-by");
  site.use((_request, response, next) => {
    response.set({
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      ...(options.contentSecurityPolicy && { "content-security-policy": options.contentSecurityPolicy }),
    });
    next();
  });
  site.get("/config.json", (_request, response) => {
    response.set("cache-control", "no-store").json(options.config);
  });
  site.get("/index.html", (_request, response) => sendIndex(options, response));
  site.use(
    express.static(options.directory, {
      index: false,
      redirect: false,
      cacheControl: false,
      // Vite puts a hash of the content into the name of everything under assets.
      setHeaders: (response, path) =>
        response.setHeader("cache-control", path.startsWith(assets) ? IMMUTABLE : NO_CACHE),
    }),
  );
  // Every other page is one of the client's own routes.
  site.get("/{*page}", (request, response, next) =>
    extname(request.path) === "" ? sendIndex(options, response) : next(),
  );
  site.use((_request, response) => {
    response.status(404).type("text").send("Not found");
  });
  site.use(answerError);
  return site;
}

async function sendIndex({ directory }: ClientSiteOptions, response: express.Response) {
  const html = await readFile(join(directory, "index.html"), "utf8").catch(() => undefined);
  if (html === undefined) {
    response.status(503).type("text").send('The client is not built yet; start Bursar with "npm start".');
    return;
  }
  response.set("cache-control", NO_CACHE).type("html");
  response.send(html);
}

const answerError: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500;
  response
    .status(status)
    .type("text")
    .send(status < 500 ? "Bad request" : "Internal server error");
};
