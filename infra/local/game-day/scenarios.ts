/** The things that are broken on a game day, each as it would break on AWS. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { deleteItem, keys, putItem, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import { seededCourse } from "../seeded-courses.ts";
import type { Scenario } from "./game-day.ts";
import { createQuietScenarios } from "./quiet-scenarios.ts";

/** Where the stack that things are broken of has its AWS and its Stripe. */
interface GameDayPlace {
  awsUrl: string;
  stripeUrl: string;
}

export function createScenarios({ awsUrl, stripeUrl }: GameDayPlace, table: Table): Scenario[] {
  const { setFaults } = createAwsFaults(awsUrl);
  const refuse = (...targets: string[]) =>
    setFaults(targets.map((target) => ({ target, kind: "refuse" as const }))).then(() => {});
  const mend = () => refuse();

  const writeCourse = (courseId: string) => putItem(table, courseItem(seededCourse(courseId)));

  const removeCourse = (courseId: string) => deleteItem(table, keys.course(courseId));

  return [
    {
      name: "course-removed",
      breaks: "The course is deleted while a student pays for it",
      alarm: "DeadLetters",
      isDeadLetter: true,
      breakDependency: removeCourse,
      mendIt: writeCourse,
    },
    {
      name: "table-refuses",
      breaks: "DynamoDB refuses to write enrollments",
      alarm: "DeadLetters",
      isDeadLetter: true,
      breakDependency: () => refuse("DynamoDB_20120810.PutItem"),
      mendIt: mend,
    },
    {
      name: "executions-refuse",
      breaks: "Step Functions starts no executions",
      alarm: "OverflowAge",
      isDeadLetter: false,
      breakDependency: () => refuse("AWSStepFunctions.StartExecution"),
      mendIt: mend,
    },
    {
      name: "nothing-stores",
      breaks: "Neither Step Functions nor SQS takes the payment event",
      alarm: "WebhookFailures",
      isDeadLetter: false,
      breakDependency: () => refuse("AWSStepFunctions.StartExecution", "AmazonSQS.SendMessage"),
      mendIt: mend,
    },
    ...createQuietScenarios(stripeUrl, table),
  ];
}
