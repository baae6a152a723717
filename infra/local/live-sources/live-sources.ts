/** The client, the handlers and the rules below them as their files are at each request, by one of Vite's servers. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { printAside } from "#infra/command-line/print.ts";
import type { Exports } from "../functions/entries.ts";
import type { ClientSources } from "../http-api/client-site.ts";
import { describeProblem } from "./describe-problem.ts";
import { createEntryLoader } from "./entry-loader.ts";

export interface LiveSources extends ClientSources {
  /** Not listening yet: by it pages hear of changes, so it has to be the one that serves them. */
  server: Server;
  /** What the inline scripts and styles of its pages bear. */
  nonce: string;
  /** @param file from the repository's root */
  loadEntry(file: string): Promise<Exports>;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CLIENT = path.join(ROOT, "client");
const CACHE = path.join(ROOT, "dist/live");

/** What a browser may read; settings and data lie beside it. */
const OPEN_TO_BROWSERS = [CLIENT, CACHE, path.join(ROOT, "workflow")];

export async function openLiveSources(): Promise<LiveSources> {
  // Loaded here and not above: no other run needs it.
  const { createLogger, createServer: createVite } = await import("vite");
  const server = createServer();
  const nonce = randomBytes(16).toString("base64url");
  const problems = createProblems();
  const { plugin, load } = createEntryLoader({
    describe: problems.describe,
    onChange: problems.forget,
    onMended: () => printAside("All loads again."),
  });
  const vite = await createVite({
    configFile: path.join(CLIENT, "vite.config.ts"),
    cacheDir: CACHE,
    appType: "custom",
    plugins: [plugin],
    customLogger: {
      ...createLogger("error"),
      error: (message, { error } = {}) => problems.tell(error ?? message),
    },
    html: { cspNonce: nonce },
    server: { middlewareMode: true, hmr: { server }, fs: { allow: OPEN_TO_BROWSERS } },
  });
  // Vite would begin to watch each when it is first called, and not see what is changed right after.
  vite.watcher.add(["handlers", "workflow"].map((room) => path.join(ROOT, room)));
  return {
    server,
    nonce,
    loadEntry: (file) => load(vite, path.join(ROOT, file)),
    readPage: async () =>
      vite.transformIndexHtml("/index.html", await readFile(path.join(CLIENT, "index.html"), "utf8")),
    serveFile: vite.middlewares,
    close: () => vite.close(),
  };
}

/** Says each once until something changes: every call meets the same one. */
function createProblems() {
  const told = new Set<string>();
  const describe = (error: unknown) => describeProblem(error, ROOT);
  return {
    describe,
    tell(error: unknown) {
      const problem = describe(error);
      if (!told.has(problem)) printAside(problem);
      told.add(problem);
    },
    forget: () => told.clear(),
  };
}
