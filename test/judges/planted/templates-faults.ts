/** Faults of the deployment's templates and of the state machine's definition. */
import type { PlantedFault } from "./planted-fault.ts";

export const TEMPLATES_FAULTS: PlantedFault[] = [
  {
    fault: "a template's property has a value that there is not",
    judge: "CloudFormation",
    file: "infra/aws/parts/user-pool.ts",
    replace: `emailSendingAccount: "DEVELOPER"`,
    by: `emailSendingAccount: "DEVELOPPER"`,
  },
  {
    fault: "functions run on a runtime that is no longer taken",
    judge: "CloudFormation",
    file: "infra/aws/parts/handler-function.ts",
    replace: "runtime: Runtime.NODEJS_24_X",
    by: "runtime: Runtime.NODEJS_14_X",
  },
  {
    fault: "a permission's action is misspelled",
    judge: "CloudFormation",
    file: "infra/aws/parts/permissions.ts",
    replace: `allow(["states:StartExecution"], stateMachineArn)`,
    by: `allow(["states:StartExecutions"], stateMachineArn)`,
  },
  {
    fault: "a state's name is mistyped where another leads to it",
    judge: "validators",
    file: "workflow/enrollment.asl.json",
    replace: `"Next": "Enrolled"`,
    by: `"Next": "Enroled"`,
  },
  {
    fault: "the gate's comparison is misspelled",
    judge: "validators",
    file: "workflow/enrollment.asl.json",
    replace: "NumericGreaterThanPath",
    by: "NumericGreaterPath",
  },
  {
    fault: "the webhook's role lacks an action",
    judge: "permissions",
    file: "infra/aws/stacks/api.ts",
    replace: `allow(["sqs:SendMessage"], overflowQueue.queueArn),`,
    by: "",
  },
  {
    fault: "a step's role has an action to spare",
    judge: "permissions",
    file: "infra/deployment/steps.ts",
    replace: `tableVerbs: ["GetItem", "UpdateItem"],`,
    by: `tableVerbs: ["GetItem", "UpdateItem", "DeleteItem"],`,
  },
  {
    fault: "a role reaches any table",
    judge: "permissions",
    file: "infra/aws/parts/permissions.ts",
    replace: "return allow(actions, table.tableArn);",
    by: `return allow(actions, "arn:aws:dynamodb:us-east-1:000000000000:table/*");`,
  },
  {
    fault: "a queue hides what was received for another time on one machine",
    judge: "deployment elsewhere",
    file: "infra/local/deployed-queues.ts",
    replace: "VisibilityTimeout: String(visibilityTimeoutSeconds)",
    by: "VisibilityTimeout: String(visibilityTimeoutSeconds - 30)",
  },
  {
    fault: "the deployed table has another sort key",
    judge: "deployment elsewhere",
    file: "infra/aws/stacks/data.ts",
    replace: `sortKey: text("SK"),`,
    by: `sortKey: text("SortKey"),`,
  },
];
