/** The HTTP API's one stage: how much of what is let through, and what is logged of it. */
import { RemovalPolicy, type Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnStage,
  type HttpRoute,
  HttpStage,
  type IHttpApi,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { DEFAULT_THROTTLE, THROTTLES } from "#infra/deployment/throttles.ts";

interface HttpStageProps {
  httpApi: IHttpApi;
  routes: HttpRoute[];
  deploymentName: string;
}

/** @returns the access log */
export function createHttpStage(stack: Stack, { httpApi, routes, deploymentName }: HttpStageProps): LogGroup {
  const accessLog = new LogGroup(stack, "AccessLog", {
    logGroupName: `/aws/vendedlogs/apigateway/${deploymentName}`,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = new HttpStage(stack, "Stage", {
    httpApi,
    // A named stage would stand before every path, and the API would answer 404.
    stageName: "$default",
    autoDeploy: true,
    throttle: { rateLimit: DEFAULT_THROTTLE.rate, burstLimit: DEFAULT_THROTTLE.burst },
    accessLogSettings: {
      destination: new LogGroupLogDestination(accessLog),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
    },
  });
  (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(
    Object.entries(THROTTLES).map(([routeKey, { rate, burst }]) => [
      routeKey,
      { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    ]),
  );
  // Settings of a route that does not exist yet are refused.
  stage.node.addDependency(...routes);
  return accessLog;
}

/** Neither addresses nor query strings: a checkout's return carries the session's id, and people are not to be found here. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  functionLatencyMs: "$context.integrationLatency",
  functionError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
};
