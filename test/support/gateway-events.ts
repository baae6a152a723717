/** Requests as an HTTP API hands them to a function: payload format 2.0, as far as our handlers read it. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";

export interface GatewayRequest {
  method?: string;
  /** As the gateway hands it over: decoded. */
  path: string;
  /** As it came: still percent-encoded. */
  query?: string;
  /** Names in lower case. */
  headers?: Record<string, string>;
  /** Bytes arrive in base64, as the gateway hands over what is not text. */
  body?: string | Uint8Array | undefined;
  /** Of the access token that the authorizer has verified; undefined: nobody is signed in. */
  claims?: Record<string, unknown> | undefined;
}

export function gatewayEvent({
  method = "GET",
  path,
  query = "",
  headers = {},
  body,
  claims,
}: GatewayRequest): APIGatewayProxyEventV2 {
  const isText = body === undefined || typeof body === "string";
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: isText ? body : Buffer.from(body).toString("base64") }),
    isBase64Encoded: !isText,
    requestContext: {
      requestId: "request-1",
      stage: "$default",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      ...(claims && { authorizer: { jwt: { claims, scopes: ["openid"] } } }),
    },
  };
  return event as unknown as APIGatewayProxyEventV2;
}

/** What an access token says of a student. */
export const claimsOf = (userId: string, more: Record<string, string> = {}) => ({
  sub: userId,
  email: `${userId}@example.com`,
  token_use: "access",
  ...more,
});

/** @param signature Stripe's, of the body's bytes; undefined: the header is missing */
export const webhookEvent = (body: string | Uint8Array | undefined, signature?: string) =>
  gatewayEvent({
    method: "POST",
    path: "/api/webhooks/stripe",
    headers: signature === undefined ? {} : { "stripe-signature": signature },
    body,
  });
