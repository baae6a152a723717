/** Counts what Lambda's own words in a function's log say of its end, for one whose errors are often answers. */
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";

/** What a handler throws goes by the error's own name instead. */
const WORDS = [
  "Task timed out",
  "Runtime.ExitError",
  "Runtime.ImportModuleError",
  "Runtime.UserCodeSyntaxError",
  "Runtime.HandlerNotFound",
  "Runtime.MalformedHandlerName",
  "Runtime.UnhandledPromiseRejection",
  "Runtime.OutOfMemory",
];

const placeOf = (functionName: string) => ({ namespace: "Bursar", metricName: `${functionName}-crashed` });

export const crashMetric = (functionName: string) => new Metric(placeOf(functionName));

export function countCrashes(handler: LambdaFunction, functionName: string): MetricFilter {
  const { namespace, metricName } = placeOf(functionName);
  return new MetricFilter(handler, "Crashes", {
    logGroup: handler.logGroup,
    filterPattern: FilterPattern.anyTerm(...WORDS),
    metricNamespace: namespace,
    metricName,
  });
}
