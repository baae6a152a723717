import { describe, expect, test } from "vitest";
import { readable, statementsOf } from "../read-template.ts";
import type { Resource } from "../synthesise-templates.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType, stacks } = synthesiseStacks(
  "alarmEmail=ops@example.com",
  "runbookUrl=https://example.com/runbook.md",
);

interface AlarmProperties {
  AlarmName: string;
  AlarmDescription: string;
  Threshold: number;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  Metrics: { Id: string; Expression?: string; MetricStat?: MetricStat }[];
  ComparisonOperator: string;
  TreatMissingData: string;
  AlarmActions: unknown[];
}

interface MetricStat {
  Metric: { MetricName: string; Dimensions?: { Value: unknown }[] };
  Stat: string;
  Period: number;
}

const MINUTE = 60;
const FIVE_MINUTES = 300;
const HOUR = 3600;

const alarms = Object.values(stacks["Bursar-Operations"] ?? {})
  .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
  .map(({ Properties }) => Properties as unknown as AlarmProperties);

const expressionOf = ({ Metrics }: AlarmProperties) =>
  Metrics.map(({ Expression }) => Expression)
    .filter(Boolean)
    .join();
/** Without the namespace of AWS's own metrics, and with the id by which the expression knows them. */
const metricsOf = ({ Metrics }: AlarmProperties) =>
  Metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [`${Id} ${MetricStat.Stat} ${MetricStat.Metric.MetricName}`] : [],
  );

const THROTTLED_STEPS = ["validateSession", "writeEnrollment", "linkCustomer", "closeCheckout"];

type Watched = [metrics: string[], threshold: number, period: number, datapoints?: [bad: number, of: number]];

const counted = (name: string) => [`counted_${name} Sum ${name}`];
const depthOf = (queue: string) => [
  `visible_${queue} Maximum ApproximateNumberOfMessagesVisible`,
  `inFlight_${queue} Maximum ApproximateNumberOfMessagesNotVisible`,
];
const failing = (name: string) => [`errors_${name} Sum Errors`, `throttles_${name} Sum Throttles`];

/** Name -> what is added up, the threshold, the seconds of a period, and how many of how many periods must be bad. */
const WATCHED: Record<string, Watched> = {
  "bursar-dead-letters": [depthOf("deadLetterQueue"), 1, FIVE_MINUTES],
  "bursar-new-dead-letters": [
    ["lettersSent Sum bursar-dead-lettered", "counted_GivenUp Sum GivenUp"],
    1,
    MINUTE,
  ],
  "bursar-executions-failed": [["executions_failed Sum ExecutionsFailed"], 1, MINUTE],
  "bursar-executions-timed-out": [["executions_timedOut Sum ExecutionsTimedOut"], 1, MINUTE],
  "bursar-executions-aborted": [["executions_aborted Sum ExecutionsAborted"], 1, MINUTE],
  "bursar-webhook-failures": [["answers_webhook5xx Sum bursar-webhook-5xx"], 1, FIVE_MINUTES],
  "bursar-signature-failures": [counted("SignatureRefused"), 20, FIVE_MINUTES],
  "bursar-overflow-age": [depthOf("overflowQueue"), 1, MINUTE, [12, 15]],
  "bursar-overflow-consumer-failures": [failing("overflowQueue"), 1, FIVE_MINUTES],
  "bursar-step-throttles": [
    THROTTLED_STEPS.map((step) => `throttles_${step} Sum Throttles`),
    10,
    FIVE_MINUTES,
    [2, 2],
  ],
  "bursar-signing-secret-copy-failures": [failing("copySigningSecret"), 3, 900],
  "bursar-api-failures": [["answers_api5xx Sum bursar-api-5xx"], 3, FIVE_MINUTES],
  "bursar-too-many-requests": [["answers_tooManyRequests Sum bursar-too-many-requests"], 50, FIVE_MINUTES],
  "bursar-sign-in-failures": [failing("preToken"), 1, FIVE_MINUTES],
  "bursar-sign-up-failures": [
    [
      "counted_SignUpFailed Sum SignUpFailed",
      "crashes_preSignUp Sum bursar-pre-sign-up-crashed",
      "throttles_preSignUp Sum Throttles",
    ],
    1,
    FIVE_MINUTES,
  ],
  "bursar-double-payment": [counted("DoublePayment"), 1, MINUTE],
  "bursar-checkouts-refused": [counted("CheckoutRefused"), 1, MINUTE],
  "bursar-refunds-noticed": [counted("RefundNoticed"), 1, MINUTE],
  "bursar-disputes-noticed": [counted("DisputeNoticed"), 1, MINUTE],
  "bursar-unreadable-records": [counted("UnreadableRecord"), 1, MINUTE],
  "bursar-policy-violations": [counted("PolicyViolation"), 5, FIVE_MINUTES],
  "bursar-paid-not-enrolled": [counted("PaidNotEnrolled"), 1, HOUR],
  "bursar-lost-deliveries": [counted("StartedLate"), 1, MINUTE],
  "bursar-reconciliation-failed": [["errors_reconcile Sum Errors"], 3, HOUR],
  "bursar-reconciliation-missing": [counted("Reconciled"), 1, HOUR, [2, 2]],
};

describe("alarms", () => {
  test("go off for what the runbook knows, at these thresholds", () => {
    const watched = alarms.map((alarm) => {
      const { AlarmName, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
      const datapoints = EvaluationPeriods > 1 ? [[DatapointsToAlarm, EvaluationPeriods]] : [];
      return [AlarmName, [metricsOf(alarm), Threshold, periodOf(alarm), ...datapoints]];
    });
    expect(Object.fromEntries(watched)).toEqual(WATCHED);
  });

  test("go off above, and a quiet night is none; only the reconciliation must be heard of", () => {
    const [missing, ...others] = alarms.toSorted(
      (one, other) => Number(isMissing(other)) - Number(isMissing(one)),
    );
    expect(missing).toMatchObject({
      AlarmName: "bursar-reconciliation-missing",
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
    });
    for (const alarm of others) {
      expect(alarm.ComparisonOperator).toBe("GreaterThanOrEqualToThreshold");
      expect(alarm.TreatMissingData).toBe("notBreaching");
    }
  });

  test("have a value in every period, also where one of what they add up was not measured", () => {
    const idsIn = (alarm: AlarmProperties) => metricsOf(alarm).map((metric) => metric.split(" ")[0] ?? "");
    for (const alarm of alarms) {
      const filled = idsIn(alarm).map((id) => `FILL(${id}, 0)`);
      expect(expressionOf(alarm)).toBe(filled.length === 1 ? filled.join() : `SUM([${filled.join(", ")}])`);
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
    expect(queuesOf("bursar-dead-letters")).toEqual(["{DeadLetterQueue.QueueName}"]);
    expect(queuesOf("bursar-overflow-age")).toEqual(["{WebhookQueue.QueueName}"]);
  });

  test("see server errors and refusals in the access log, and letters that were sent in the executions'", () => {
    const patterns = ofType("AWS::Logs::MetricFilter").map(({ Properties }) => Properties["FilterPattern"]);
    expect(patterns).toEqual([
      '{ ($.routeKey = "POST /api/webhooks/stripe") && ($.status = "5*") }',
      '{ ($.routeKey != "POST /api/webhooks/stripe") && ($.status = "5*") }',
      '{ $.status = "429" }',
      '{ ($.type = "TaskSucceeded") && ($.details.resourceType = "sqs") }',
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
    "Overflow queue",
    "Dead letters",
  ]);
});

function periodOf({ Metrics }: AlarmProperties): number | undefined {
  return Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period;
}

function isMissing({ AlarmName }: AlarmProperties): boolean {
  return AlarmName.endsWith("-missing");
}

/** Of all that is added up. */
function queuesOf(alarmName: string): string[] {
  const { Metrics = [] } = alarms.find(({ AlarmName }) => AlarmName === alarmName) ?? {};
  const queues = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []);
  return [...new Set(queues.map(({ Value }) => readable(Value)))];
}

function serviceNameOf({ Properties }: Resource): string[] {
  const { Environment } = Properties as { Environment?: { Variables: Record<string, string> } };
  const serviceName = Environment?.Variables["POWERTOOLS_SERVICE_NAME"];
  return serviceName ? [serviceName] : [];
}
