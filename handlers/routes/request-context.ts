/** What the gateway has found out about a request before it reaches Express. */
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type { Request } from "express";

type GatewayContext = Partial<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"]>;

/** serverless-http hangs the gateway's context on the request. */
export function requestContextOf(request: Request): {
  requestId: string;
  claims: Record<string, unknown> | undefined;
} {
  const context = (request as Request & { requestContext?: GatewayContext }).requestContext;
  return { requestId: context?.requestId ?? "none", claims: context?.authorizer?.jwt?.claims };
}
