/** Faults of the local DynamoDB and SQS, and of the simulation's table, that moto shows. */
import type { PlantedFault } from "./planted-fault.ts";

const DYNAMODB = "infra/local/aws/dynamodb/dynamodb.ts";
const ACT = "loadOperation(operation).act(store, input,";

export const MOTO_FAULTS: PlantedFault[] = [
  {
    fault: "a received message stays visible",
    judge: "adapters",
    file: "infra/local/aws/sqs/sqs.ts",
    replace: `{ MessageAttributeNames: ["All"] }`,
    by: `{ MessageAttributeNames: ["All"], VisibilityTimeout: 0 }`,
  },
  {
    fault: "a batch does its first entry and says that it has done all",
    judge: "adapters",
    file: "infra/local/aws/sqs/sqs.ts",
    replace: "Entries: Entries.map((entry) =>",
    by: "Entries: Entries.slice(0, 1).map((entry) =>",
  },
  {
    fault: "the condition of an update is ignored",
    judge: "random tables",
    file: DYNAMODB,
    replace: ACT,
    by: `loadOperation(operation).act(store, operation === "UpdateItem" ? { ...input, _condition: undefined } : input,`,
  },
  {
    fault: "a query that goes backwards goes forwards",
    judge: "random tables",
    file: DYNAMODB,
    replace: ACT,
    by: "loadOperation(operation).act(store, { ...input, ScanIndexForward: true } as Request,",
  },
  {
    fault: "a deletion does not tell what was there",
    judge: "random tables",
    file: DYNAMODB,
    replace: ACT,
    by: `loadOperation(operation).act(store, operation === "DeleteItem" ? ({ ...input, ReturnValues: "NONE" } as Request) : input,`,
  },
  {
    fault: "the simulation's table finds what is not there larger than anything",
    judge: "random tables",
    file: "handlers/adapters/dynamodb/table-expressions.ts",
    replace: "if (typeof value !== typeof wanted) return false;",
    by: `if (typeof value !== typeof wanted) return operator.startsWith(">");`,
  },
];
