/** Turns a request into the event that an HTTP API sends to a Lambda function: payload format 2.0. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ACCOUNT } from "#infra/local/names.ts";
import type { Authorization } from "./authorizer.ts";
import type { MatchedRoute } from "./match-route.ts";
import { readEventBody } from "./request-body.ts";

/** Where a request's path ends and its query begins; both still percent-encoded. */
export function splitTarget(target = "/"): { path: string; query: string } {
  const end = target.indexOf("?");
  return end < 0 ? { path: target, query: "" } : { path: target.slice(0, end), query: target.slice(end + 1) };
}

/**
 * @param authorization what the JWT authorizer found; undefined on a route without one
 * @throws URIError when the path is not decodable
 * @throws BodyTooLarge
 */
export async function createGatewayEvent(
  request: IncomingMessage,
  { route, pathParameters }: MatchedRoute,
  authorization: Authorization | undefined,
): Promise<APIGatewayProxyEventV2> {
  const { path, query } = splitTarget(request.url);
  // An HTTP API hands the path over decoded, unlike a REST API or a function URL; the query stays as it came.
  const rawPath = decodeURIComponent(path);
  const routeKey = `${route.method} ${route.path}`;
  const { cookie, ...headers } = joinHeaders(request);
  const now = new Date();

  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(query && { queryStringParameters: joinQuery(query) }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: "local",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: {
        method: route.method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: formatTime(now),
      timeEpoch: now.getTime(),
      ...(authorization && { authorizer: { jwt: authorization } }),
    },
    ...(await readEventBody(request)),
  };
}

/** Names in lower case; a header that came several times is one, joined with commas. */
function joinHeaders(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct);
  return Object.fromEntries(
    entries.map(([name, values = []]) => [name, values.join(name === "cookie" ? "; " : ",")]),
  );
}

function joinQuery(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(",")]));
}

/** As in an access log: `12/Mar/2026:19:03:58 +0000`. */
function formatTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
