/** A gateway in front of handlers that a test tells what to return and asks what they were given. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { type HttpApi, startHttpApi } from "#infra/local/http-api/start-http-api.ts";
import { ROUTES } from "#workflow/contract.ts";
import { AUDIENCE, ISSUER, startTokenSource } from "./tokens.ts";

const client = {
  directory: "/nowhere",
  config: {
    oidcIssuer: ISSUER,
    oidcClientId: AUDIENCE,
    oidcScope: "openid",
    stripePublishableKey: "pk_test_1",
  },
};

type GivenHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<never>;

/** @returns what all tests of the file share; its handlers return an empty 200 until told otherwise */
export function useHttpApi() {
  const api = vi.fn<GivenHandler>();
  const webhook = vi.fn<GivenHandler>();
  let httpApi: HttpApi;
  let tokens: Awaited<ReturnType<typeof startTokenSource>>;

  /** One more gateway before the same handlers. */
  const start = (jwksUrl = tokens.jwksUrl) => {
    const jwt = { issuer: ISSUER, audience: AUDIENCE, jwksUrl };
    return startHttpApi({ port: 0, routes: ROUTES, handlers: { api, webhook }, jwt, client });
  };
  const giveResult = (result: unknown) => {
    api.mockResolvedValue(result as never);
    webhook.mockResolvedValue(result as never);
  };

  beforeAll(async () => {
    tokens = await startTokenSource();
    httpApi = await start();
  });

  afterAll(async () => {
    await httpApi.close();
    await tokens.close();
  });

  beforeEach(() => {
    api.mockReset();
    webhook.mockReset();
    giveResult({ statusCode: 200, body: "" });
  });

  return {
    api,
    webhook,
    start,
    giveResult,
    port: () => httpApi.port,
    tokens: () => tokens,
    call: (path: string, init?: RequestInit) => fetch(`${httpApi.url}${path}`, init),
  };
}

export function firstEvent(handler: ReturnType<typeof vi.fn<GivenHandler>>): APIGatewayProxyEventV2 {
  const event = handler.mock.calls[0]?.[0];
  if (!event) throw new Error("the handler was not called");
  return event;
}
