/** An alarm that says what it means, links the runbook's section, and tells somebody. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { AlarmDefinition } from "#infra/deployment/alarms.ts";

interface AlarmSettings extends AlarmDefinition {
  /** Sums or maxima over the period that the alarm looks at. */
  metric: IMetric;
  name: string;
  topic: ITopic;
  /** The address of the runbook's section. */
  runbook: string;
}

export function createAlarm(
  scope: Construct,
  id: string,
  { name, topic, meaning, runbook, unit: _unit, periodSeconds: _isTheMetrics, ...settings }: AlarmSettings,
): Alarm {
  const alarm = new Alarm(scope, id, {
    evaluationPeriods: 1,
    ...settings,
    alarmName: name,
    alarmDescription: `${meaning} What to do: ${runbook}`,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
