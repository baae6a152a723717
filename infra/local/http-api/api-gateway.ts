/** The `/api` half of the server: route, authorize, call the handler, write its answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import { NAMES } from "#infra/local/names.ts";
import { FunctionThrottled } from "../aws/lambda.ts";
import { createAuthorizer, type JwtOptions, Refusal } from "./authorizer.ts";
import { createGatewayEvent, splitTarget } from "./gateway-event.ts";
import { sendMessage, sendResult } from "./gateway-result.ts";
import { createLambdaContext } from "./lambda-context.ts";
import { matchRoute, type Route } from "./match-route.ts";
import { checkEventSize, checkResultSize } from "./payload-size.ts";
import { BodyTooLarge } from "./request-body.ts";

type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyResultV2>;

export interface ApiGatewayOptions {
  routes: readonly Route[];
  /** `webhook` takes the routes that only Stripe calls, `api` all others. */
  handlers: { api: HttpHandler; webhook: HttpHandler };
  jwt: JwtOptions;
  /** Whether a request of a route is let through; all unless given. */
  letsThrough?: ((route: Route) => boolean) | undefined;
  /** Told of every answer, as API Gateway writes its access log. */
  onAnswered?: ((answer: { access: Route["access"] | undefined; status: number }) => void) | undefined;
}

type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createApiGateway({
  routes,
  handlers,
  jwt,
  letsThrough,
  onAnswered,
}: ApiGatewayOptions): RequestHandler {
  const authorize = createAuthorizer(jwt);

  async function answer(request: IncomingMessage, response: ServerResponse) {
    let access: Route["access"] | undefined;
    response.once("finish", () => onAnswered?.({ access, status: response.statusCode }));
    const matched = matchRoute(routes, request.method ?? "", splitTarget(request.url).path);
    if (!matched) return sendMessage(response, 404, "Not Found");
    access = matched.route.access;
    if (letsThrough?.(matched.route) === false) return sendMessage(response, 429, "Too Many Requests");
    const authorization = access === "student" ? await authorize(request.headers.authorization) : undefined;
    const event = await createGatewayEvent(request, matched, authorization);
    checkEventSize(event);
    const { requestId } = event.requestContext;
    response.setHeader("apigw-requestid", requestId);
    const name = access === "stripe" ? "webhook" : "api";
    const result = await handlers[name](event, createLambdaContext(NAMES.functions[name], requestId));
    sendResult(response, checkResultSize(result));
  }

  return (request, response) =>
    answer(request, response).catch((error: Error) => answerError(request, response, error));
}

function answerError(request: IncomingMessage, response: ServerResponse, error: Error): void {
  if (error instanceof Refusal) {
    response.setHeader("www-authenticate", error.authenticate);
    return sendMessage(response, error.status, error.message);
  }
  if (error instanceof BodyTooLarge) return sendMessage(response, 413, "Request Entity Too Large");
  if (error instanceof FunctionThrottled) return sendMessage(response, 503, "Service Unavailable");
  if (error instanceof URIError) return sendMessage(response, 400, "Bad Request");
  const { path } = splitTarget(request.url);
  console.error(`${request.method} ${path} failed: ${String(error).replace(/\s+/g, " ")}`);
  sendMessage(response, 500, "Internal Server Error");
}
