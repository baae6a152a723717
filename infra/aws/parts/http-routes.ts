/** The HTTP API's routes, from the contract's one table of them. */
import { type Stack, Validations } from "aws-cdk-lib";
import { type HttpMethod, HttpRoute, HttpRouteKey, type IHttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { PAGE_ROUTES } from "#infra/deployment/page-routes.ts";
import { ROUTES } from "#workflow/contract.ts";

interface HttpRoutesProps {
  /** Imported into the stack: an authorizer goes where its API is, and must not go into the API's own stack. */
  httpApi: IHttpApi;
  issuer: { url: string; clientId: string };
  /** Gets what only Stripe calls. */
  webhook: IFunction;
  /** Gets all else. */
  api: IFunction;
}

export function createHttpRoutes(
  stack: Stack,
  { httpApi, issuer, webhook, api }: HttpRoutesProps,
): HttpRoute[] {
  const toWebhook = new HttpLambdaIntegration("ToWebhook", webhook);
  const toApi = new HttpLambdaIntegration("ToApi", api);
  const students = new HttpJwtAuthorizer("Students", issuer.url, { jwtAudience: [issuer.clientId] });

  return [...ROUTES, ...PAGE_ROUTES].map(({ method, path, access }) => {
    const route = new HttpRoute(stack, `${method} ${path}`, {
      httpApi,
      routeKey: HttpRouteKey.with(path, method as HttpMethod),
      integration: access === "stripe" ? toWebhook : toApi,
      // An id token carries no scope, so asking for one keeps id tokens out.
      ...(access === "student" && { authorizer: students, authorizationScopes: ["openid"] }),
    });
    if (access !== "student") acknowledgeOpenRoute(route, access);
    return route;
  });
}

function acknowledgeOpenRoute(route: HttpRoute, access: "anyone" | "stripe"): void {
  const reasons = {
    anyone: "The catalogue, the health check and browsers' reports are open to anyone.",
    stripe: "Stripe signs its requests, and the webhook verifies every signature.",
  };
  Validations.of(route).acknowledge({ id: "AwsSolutions-APIG4", reason: reasons[access] });
}
