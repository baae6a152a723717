/** An alarm that says what it means and links the runbook's section, and mostly tells somebody. */
import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { ALARM_PERIOD_SECONDS, type AlarmDefinition } from "#infra/deployment/alarms.ts";
import type { MetricName } from "#infra/deployment/metrics.ts";
import { addUp, type FindMetric } from "./metrics.ts";

interface AlarmProps {
  definition: AlarmDefinition;
  findMetric: FindMetric;
  name: string;
  /** Who is told; nobody unless given. */
  topic?: ITopic;
  /** The address of the runbook's section. */
  runbook: string;
}

export function createAlarm(
  scope: Construct,
  id: string,
  { definition, findMetric, name, topic, runbook }: AlarmProps,
): Alarm {
  const {
    metrics,
    threshold,
    isBelow = false,
    evaluationPeriods = 1,
    datapointsToAlarm,
    meaning,
  } = definition;
  const period = Duration.seconds(definition.periodSeconds ?? ALARM_PERIOD_SECONDS);
  const found = metrics.map((metric) => [idOf(metric), findMetric(metric, period)] as const);
  const alarm = new Alarm(scope, id, {
    metric: addUp(Object.fromEntries(found), period),
    threshold,
    evaluationPeriods,
    ...(datapointsToAlarm && { datapointsToAlarm }),
    alarmName: name,
    alarmDescription: `${meaning} What to do: ${runbook}`,
    comparisonOperator: isBelow
      ? ComparisonOperator.LESS_THAN_THRESHOLD
      : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    // A quiet night is no alarm, but where something must be heard of.
    treatMissingData: isBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  if (topic) {
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
  }
  return alarm;
}

/** Ids of metric math begin with a small letter and have no colons. */
const idOf = (metric: MetricName) => metric.replaceAll(":", "_");
