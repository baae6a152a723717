/** An alarm that says what it means, links the runbook's section, and tells somebody. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

export interface AlarmSettings {
  /** Sums or maxima over the period that the alarm looks at. */
  metric: IMetric;
  /** Reached or passed: the alarm goes off. */
  threshold: number;
  /** Periods in a row. */
  evaluationPeriods?: number;
  /** One sentence: what has happened, and what that means for students. */
  meaning: string;
  /** The runbook section's anchor, e.g. `runbook-dead-letters`. */
  runbook: string;
}

export function createAlarm(
  scope: Construct,
  id: string,
  {
    name,
    runbookUrl,
    topic,
    meaning,
    runbook,
    ...settings
  }: AlarmSettings & { name: string; runbookUrl: string; topic: ITopic },
): Alarm {
  const alarm = new Alarm(scope, id, {
    evaluationPeriods: 1,
    ...settings,
    alarmName: name,
    alarmDescription: `${meaning} What to do: ${runbookUrl}#${runbook}`,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}
