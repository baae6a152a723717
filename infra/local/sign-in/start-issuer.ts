/**
 * The local stand-in for Cognito: an OpenID Connect issuer, authorization code with PKCE, where signing in is picking
 * a student.
 */
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import type { Provider } from "oidc-provider";
import { handler as preToken } from "#handlers/pre-token.ts";
import { closeServer, isLoopbackHost, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { readBrowserFile } from "../browser-files.ts";
import { createProvider } from "./create-provider.ts";
import { createInteractionRoutes } from "./interaction-routes.ts";
import { renderErrorPage } from "./pages.ts";
import {
  type ClientRegistration,
  type PreTokenTrigger,
  providerConfiguration,
} from "./provider-configuration.ts";
import { askBefore, type PreSignUpTrigger } from "./sign-up.ts";
import { loadSigningKeys } from "./signing-keys.ts";
import type { StudentDirectory } from "./students.ts";

export interface IssuerOptions extends ClientRegistration {
  /** 0 means any free port. */
  port: number;
  /** Where the signing key is kept. */
  dataDir: string;
  /** Who is offered on the page, and whoever comes. */
  students: StudentDirectory;
  /** The user pool's triggers as they are invoked here; without, tokens are completed straight away and all may sign up. */
  preToken?: PreTokenTrigger;
  preSignUp?: PreSignUpTrigger;
}

export interface Issuer {
  /** `http://localhost:<port>`, the `iss` of its tokens. */
  url: string;
  port: number;
  jwksUrl: string;
  close(): Promise<void>;
}

/** @throws Error when the signing keys are damaged, or the port is taken (`EADDRINUSE`) */
export async function startIssuer(options: IssuerOptions): Promise<Issuer> {
  const signingKeys = await loadSigningKeys(options.dataDir);
  const { students } = options;
  const server = createServer();
  const port = await listenOnLoopback(server, options.port);
  const url = `http://localhost:${port}`;
  try {
    const provider = await createProvider(
      url,
      providerConfiguration(options, students, signingKeys, options.preToken ?? preToken),
    );
    const styleSheet = await readBrowserFile("sign-in.css");
    server.on("request", createIssuerApp(provider, options, styleSheet));
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  return { url, port, jwksUrl: `${url}/jwks`, close: () => closeServer(server) };
}

function createIssuerApp(
  provider: Provider,
  { students, clientOrigins, preSignUp }: IssuerOptions,
  styleSheet: string,
) {
  provider.on("server_error", (_ctx, error) => console.error(`sign-in: ${error.message}`));
  const app = express();
  app.disable("x-powered-by");
  app.use(protectPages(clientOrigins));
  app.get("/sign-in.css", (_request, response) => response.type("text/css").send(styleSheet));
  const signOutScript = fileURLToPath(new URL("sign-out.js", import.meta.url));
  app.get("/sign-out.js", (_request, response) => response.sendFile(signOutScript));
  app.use(createInteractionRoutes(provider, students, askBefore(preSignUp)));
  app.use(provider.callback());
  app.use(answerError);
  return app;
}

function protectPages(clientOrigins: string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    // The pages' empty icon; without one, browsers ask for /favicon.ico.
    "img-src data:",
    // A browser holds the redirects after a form to this list too, and they end at the client.
    `form-action 'self' ${clientOrigins.join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(";");

  return (request, response, next) => {
    response.set({
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
    if (isLoopbackHost(request.headers.host)) return next();
    response.status(421).send(renderErrorPage("This server only answers to localhost."));
  };
}

const answerError: ErrorRequestHandler = (error: Error & { status?: number }, _request, response, _next) => {
  const status = error.status ?? 500;
  if (status >= 500) console.error(`sign-in: ${error.message}`);
  response.status(status).send(renderErrorPage("This page has expired or belongs to another browser."));
};
