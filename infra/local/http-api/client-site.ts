/** The other half of the server: the built client, as CloudFront serves it from S3. */
import { readFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { PAGE_CACHE, runClientPageFunction } from "#infra/deployment/client-page.ts";
import type { ClientConfig } from "#workflow/client-config.ts";

export interface ClientSiteOptions {
  /** What `vite build` wrote. */
  directory: string;
  /** Served as `/config.json`. */
  config: ClientConfig;
  contentSecurityPolicy?: string;
  /** Instead of the build. */
  sources?: ClientSources | undefined;
}

/** The client as its sources are at each request. */
export interface ClientSources {
  readPage(): Promise<string>;
  /** Leaves what it does not know to the next. */
  serveFile: RequestHandler;
}

const IMMUTABLE = "public, max-age=31536000, immutable";

export function createClientSite(options: ClientSiteOptions): Express {
  const assets = resolve(options.directory, "assets") + sep;
  const choose = runClientPageFunction(options.directory);
  const site = express();
  site.disable("x-powered-by");
  site.use((_request, response, next) => {
    response.setHeaders(pageHeaders(options));
    next();
  });
  site.get("/config.json", (_request, response) => {
    response.set("cache-control", "no-store").json(options.config);
  });
  site.use((request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") return next();
    const { uri, statusCode = 200 } = choose({ request: { uri: request.path } });
    const isFile = uri !== "/index.html" && (statusCode === 200 || options.sources);
    return isFile ? next() : sendIndex(options, response, statusCode);
  });
  if (options.sources) {
    site.use(options.sources.serveFile);
    site.use((_request, response) => sendIndex(options, response, 404));
  }
  site.use(
    express.static(options.directory, {
      index: false,
      redirect: false,
      cacheControl: false,
      // Vite puts a hash of the content into the name of everything under assets.
      setHeaders: (response, path) =>
        response.setHeader("cache-control", path.startsWith(assets) ? IMMUTABLE : PAGE_CACHE),
    }),
  );
  site.use((_request, response) => {
    response.status(404).type("text").send("Not found");
  });
  site.use(answerError);
  return site;
}

export const pageHeaders = ({ contentSecurityPolicy }: ClientSiteOptions) =>
  new Headers({
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    ...(contentSecurityPolicy && { "content-security-policy": contentSecurityPolicy }),
  });

async function sendIndex(
  { directory, sources }: ClientSiteOptions,
  response: express.Response,
  status: number,
) {
  const html = sources
    ? await sources.readPage()
    : await readFile(join(directory, "index.html"), "utf8").catch(() => undefined);
  if (html === undefined) {
    response.status(503).type("text").send('The client is not built yet; start Bursar with "npm start".');
    return;
  }
  response.status(status).set("cache-control", PAGE_CACHE).type("html").send(html);
}

const answerError: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500;
  response
    .status(status)
    .type("text")
    .send(status < 500 ? "Bad request" : "Internal server error");
};
