import { describe, expect, test } from "vitest";
import type { Resource } from "../synthesised-stacks.ts";
import { readable, statementsOf, synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType } = synthesiseStacks(
  "alarmEmail=ops@example.com",
  "runbookUrl=https://example.com/runbook.md",
);

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  Threshold: number;
  Period?: number;
  EvaluationPeriods: number;
  MetricName?: string;
  Metrics?: { Expression?: string; MetricStat?: { Metric: { MetricName: string }; Period: number } }[];
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmActions: unknown[];
}

const HOUR = 3600;

const alarms = ofType("AWS::CloudWatch::Alarm").map(
  ({ Properties }) => Properties as unknown as AlarmProperties,
);

const metricOf = ({ MetricName, Metrics = [] }: AlarmProperties) =>
  MetricName ??
  Metrics.map(({ Expression, MetricStat }) => Expression ?? MetricStat?.Metric.MetricName).join(": ");

/** Name -> what is watched, the threshold, and for how many periods. */
const WATCHED: Record<string, [metric: string, threshold: number, periods: number]> = {
  "bursar-dead-letters": ["ApproximateNumberOfMessagesVisible", 1, 1],
  "bursar-executions-failed": ["ExecutionsFailed", 1, 1],
  "bursar-executions-timed-out": ["ExecutionsTimedOut", 1, 1],
  "bursar-executions-aborted": ["ExecutionsAborted", 1, 1],
  "bursar-webhook-failures": ["bursar-webhook-5xx", 1, 1],
  "bursar-signature-failures": ["SignatureRefused", 20, 1],
  "bursar-overflow-age": ["ApproximateAgeOfOldestMessage", 900, 1],
  "bursar-step-throttles": [
    "validateSession + writeEnrollment + linkCustomer + closeCheckout: Throttles: Throttles: Throttles: Throttles",
    10,
    2,
  ],
  "bursar-double-payment": ["DoublePayment", 1, 1],
  "bursar-checkouts-refused": ["CheckoutRefused", 1, 1],
  "bursar-refunds-noticed": ["RefundNoticed", 1, 1],
  "bursar-disputes-noticed": ["DisputeNoticed", 1, 1],
  "bursar-unreadable-records": ["UnreadableRecord", 1, 1],
  "bursar-policy-violations": ["PolicyViolation", 5, 1],
  "bursar-paid-not-enrolled": ["PaidNotEnrolled", 1, 1],
  "bursar-reconciliation-failed": ["Errors", 3, 1],
};

describe("alarms", () => {
  test("go off for what the runbook knows, at these thresholds", () => {
    const watched = alarms.map((alarm) => [
      alarm.AlarmName,
      [metricOf(alarm), alarm.Threshold, alarm.EvaluationPeriods],
    ]);
    expect(Object.fromEntries(watched)).toEqual(WATCHED);
    for (const alarm of alarms) {
      expect(alarm.ComparisonOperator).toBe("GreaterThanOrEqualToThreshold");
      // A quiet night is no alarm.
      expect(alarm.TreatMissingData).toBe("notBreaching");
    }
  });

  test.each(alarms)("$AlarmName tells somebody, what it means and where to read on", (alarm) => {
    expect(alarm.AlarmActions.map(readable)).toEqual(["{Alarms}"]);
    const section = alarm.AlarmName.replace("bursar-", "");
    const [meaning, runbook] = alarm.AlarmDescription.split(" What to do: ");
    expect(meaning).toMatch(/^[A-Z].+\.$/);
    expect(runbook).toBe(`https://example.com/runbook.md#${section}`);
  });

  test("watch the dead-letter queue and the overflow queue, not each other's", () => {
    expect(queueOf("bursar-dead-letters")).toEqual(["{DeadLetterQueue.QueueName}"]);
    expect(queueOf("bursar-overflow-age")).toEqual(["{WebhookQueue.QueueName}"]);
  });

  test("look at whole hours where the reconciliation is what counts", () => {
    const periods = alarms.map((alarm) => [alarm.AlarmName, periodOf(alarm)]);
    const hourly = periods.filter(([, period]) => period === HOUR).map(([name]) => name);
    expect(hourly).toEqual(["bursar-paid-not-enrolled", "bursar-reconciliation-failed"]);
  });

  test("see the webhook's server errors in the access log, and the dashboard dead letters in the executions'", () => {
    const patterns = ofType("AWS::Logs::MetricFilter").map(({ Properties }) => Properties["FilterPattern"]);
    expect(patterns).toEqual([
      '{ ($.routeKey = "POST /api/webhooks/stripe") && ($.status = "5*") }',
      '{ ($.type = "TaskStateExited") && ($.details.name = "SendToDeadLetterQueue") }',
    ]);
  });

  test("reach an e-mail address, over a topic that CloudWatch may publish to and only with TLS", () => {
    expect(only("Bursar-Operations", "AWS::SNS::Subscription").Properties).toMatchObject({
      Protocol: "email",
      Endpoint: "ops@example.com",
    });
    const [refusal, permission] = statementsOf(only("Bursar-Operations", "AWS::SNS::TopicPolicy"));
    expect(refusal).toMatchObject({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(permission).toMatchObject({
      Effect: "Allow",
      Action: "sns:Publish",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    });
  });

  test("count what the handlers count, under the name that the handlers are given", () => {
    const services = ofType("AWS::Lambda::Function").flatMap(serviceNameOf);
    expect([...new Set(services)]).toEqual(["bursar"]);
    const signatures = alarms.find(({ AlarmName }) => AlarmName === "bursar-signature-failures");
    expect(JSON.stringify(signatures?.Metrics)).toContain(
      '"Dimensions":[{"Name":"service","Value":"bursar"}]',
    );
  });
});

test("the dashboard shows enrollments, executions, the webhook and the queues", () => {
  const body = readable(only("Bursar-Operations", "AWS::CloudWatch::Dashboard").Properties["DashboardBody"]);
  const titles = [...body.matchAll(/"title":"([^"]+)"/g)].map(([, title]) => title);
  expect(titles).toEqual([
    "Enrollments written",
    "Executions by outcome",
    "Webhook latency",
    "Webhook outcomes",
    "Queue depths",
    "Overflow age in seconds",
  ]);
});

function periodOf({ Period, Metrics = [] }: AlarmProperties): number | undefined {
  return Period ?? Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period;
}

function queueOf(alarmName: string): string[] {
  const alarm = ofType("AWS::CloudWatch::Alarm").find(
    ({ Properties }) => Properties["AlarmName"] === alarmName,
  );
  const dimensions = (alarm?.Properties["Dimensions"] ?? []) as { Value: unknown }[];
  return dimensions.map(({ Value }) => readable(Value));
}

function serviceNameOf({ Properties }: Resource): string[] {
  const { Environment } = Properties as { Environment?: { Variables: Record<string, string> } };
  const serviceName = Environment?.Variables["POWERTOOLS_SERVICE_NAME"];
  return serviceName ? [serviceName] : [];
}
