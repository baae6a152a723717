/** The things that break on a game day while a student pays, each as it would break on AWS. */
import { SFNClient, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { deleteItem, keys, putItem } from "#handlers/adapters/dynamodb/table.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { executionArn } from "../names.ts";
import { seededCourse } from "../seeded-courses.ts";
import { awsOf } from "../stack-options.ts";
import { findCompletedEvent } from "../stand-in-control.ts";
import type { Scenario } from "./game-day.ts";
import type { Tools } from "./tools.ts";
import { waitFor } from "./wait-for.ts";

const PATIENCE_MS = 30_000;
/** Longer than the state waits for its step. */
const HANGS_MS = 45_000;

export function createScenarios({ stack, table, refuse, mend, ...tools }: Tools): Scenario[] {
  const writeCourse = (courseId: string) => putItem(table, courseItem(seededCourse(courseId)));
  const removeCourse = (courseId: string) => deleteItem(table, keys.course(courseId));

  /** What is redriven by nobody's letter goes on when Stripe delivers its event again. */
  async function mendAndResend(_courseId: string, checkoutSessionId?: string): Promise<void> {
    await mend();
    if (checkoutSessionId) await tools.resend(checkoutSessionId);
  }

  async function stopExecution(checkoutSessionId: string): Promise<void> {
    const sfn = new SFNClient(awsClientConfig(awsOf(stack)));
    const { id } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
    const command = new StopExecutionCommand({ executionArn: executionArn(id), error: "Stopped" });
    await waitFor("an execution to stop", PATIENCE_MS, () => sfn.send(command).catch(() => undefined));
    sfn.destroy();
  }

  return [
    {
      name: "course-removed",
      breaks: "The course is deleted while a student pays for it",
      alarms: ["DeadLetters", "NewDeadLetters", "ExecutionsFailed"],
      isDeadLetter: true,
      breakDependency: removeCourse,
      mendIt: writeCourse,
    },
    {
      name: "nobody-redrives",
      breaks: "A letter is there, and the hourly reconciliation comes before anybody has looked at it",
      alarms: ["PaidNotEnrolled"],
      isDeadLetter: true,
      breakDependency: removeCourse,
      async whenPaid(checkoutSessionId) {
        await waitFor("a letter", PATIENCE_MS, () => tools.operator.findLetter(checkoutSessionId));
        await tools.operator.sweepLater();
      },
      mendIt: writeCourse,
    },
    {
      name: "table-refuses",
      breaks: "DynamoDB refuses to write enrollments",
      alarms: ["DeadLetters"],
      isDeadLetter: true,
      breakDependency: () => refuse("DynamoDB_20120810.PutItem"),
      mendIt: mend,
    },
    {
      name: "executions-refuse",
      breaks: "Step Functions starts no executions",
      alarms: ["OverflowAge"],
      isDeadLetter: false,
      breakDependency: () => refuse("AWSStepFunctions.StartExecution"),
      mendIt: mend,
    },
    {
      name: "consumer-dies",
      breaks: "Step Functions starts no executions, and the overflow queue's consumer dies",
      alarms: ["OverflowConsumerFailures"],
      isDeadLetter: false,
      breakDependency: () => refuse("AWSStepFunctions.StartExecution", tools.targetOf("overflowQueue")),
      mendIt: mend,
    },
    {
      name: "nothing-stores",
      breaks: "Neither Step Functions nor SQS takes the payment event",
      alarms: ["WebhookFailures"],
      isDeadLetter: false,
      breakDependency: () => refuse("AWSStepFunctions.StartExecution", "AmazonSQS.SendMessage"),
      mendIt: mend,
    },
    {
      name: "stopped-by-hand",
      breaks: "Somebody stops the execution by hand",
      alarms: ["ExecutionsAborted"],
      isDeadLetter: false,
      breakDependency: () => tools.delayFunction("writeEnrollment", HANGS_MS),
      whenPaid: stopExecution,
      mendIt: mendAndResend,
    },
    {
      name: "time-runs-out",
      breaks: "A step hangs, and somebody has given executions a time limit",
      alarms: ["ExecutionsTimedOut"],
      isDeadLetter: false,
      breakDependency: () => tools.delayFunction("writeEnrollment", HANGS_MS),
      mendIt: mendAndResend,
    },
  ];
}
