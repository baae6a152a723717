/** What operators' programs call of AWS, and which role may: the roles, the console's help and the documents are made of it. */

/** `looking` changes nothing; `repairing` may do the same and act. */
export type OperatorRole = "looking" | "repairing";

/** What is called, each by the service that has it. */
const SERVICES = {
  "state machine": "states",
  executions: "states",
  "every state machine": "states",
  "dead-letter queue": "sqs",
  table: "dynamodb",
  "table's index": "dynamodb",
  "looking key": "secretsmanager",
  "Stripe's keys": "secretsmanager",
} as const;
export type OperatorThing = keyof typeof SERVICES;

export interface OperatorPart {
  what: string;
  role: OperatorRole;
  on: OperatorThing;
  /** As IAM calls them. */
  verbs: string[];
  /** Of the table: only items whose partition key begins so. */
  partitions?: string[];
}

export const OPERATOR_PARTS: OperatorPart[] = [
  {
    what: "find the state machine by its name",
    role: "looking",
    on: "every state machine",
    verbs: ["ListStateMachines"],
  },
  {
    what: "list executions, and read the definition that is live",
    role: "looking",
    on: "state machine",
    verbs: ["DescribeStateMachine", "DescribeStateMachineAlias", "ListExecutions"],
  },
  {
    what: "read an execution, its history and its definition",
    role: "looking",
    on: "executions",
    verbs: ["DescribeExecution", "DescribeStateMachineForExecution", "GetExecutionHistory"],
  },
  {
    what: "read letters: to be read they are received, hidden for a minute at most, and given back at once",
    role: "looking",
    on: "dead-letter queue",
    verbs: ["ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl", "ReceiveMessage"],
  },
  {
    what: "read students, purchases, enrollments, courses and the ledger",
    role: "looking",
    on: "table",
    verbs: ["BatchGetItem", "GetItem", "Query", "Scan"],
  },
  {
    what: "find whose a customer is, and who has a course",
    role: "looking",
    on: "table's index",
    verbs: ["Query"],
  },
  {
    what: "ask Stripe, by a key that may only read",
    role: "looking",
    on: "looking key",
    verbs: ["GetSecretValue"],
  },
  {
    what: "redrive and stop executions",
    role: "repairing",
    on: "executions",
    verbs: ["RedriveExecution", "StopExecution"],
  },
  {
    what: "start a fresh execution",
    role: "repairing",
    on: "state machine",
    verbs: ["StartExecution"],
  },
  {
    what: "remove letters",
    role: "repairing",
    on: "dead-letter queue",
    verbs: ["DeleteMessage"],
  },
  {
    what: "append to the ledger, write courses, and keep that a student was erased",
    role: "repairing",
    on: "table",
    verbs: ["PutItem"],
    partitions: ["LEDGER#", "COURSE#", "ERASURE#"],
  },
  {
    what: "make plans of redrives, and run them",
    role: "repairing",
    on: "table",
    verbs: ["PutItem", "UpdateItem"],
    partitions: ["PLAN#", "PLANS"],
  },
  {
    what: "decide about students' purchases and places, and erase a student",
    role: "repairing",
    on: "table",
    verbs: ["DeleteItem", "PutItem", "UpdateItem"],
    partitions: ["USER#"],
  },
  {
    what: "expire checkouts at Stripe",
    role: "repairing",
    on: "Stripe's keys",
    verbs: ["GetSecretValue"],
  },
];

/** @returns e.g. `states:ListExecutions` */
export const actionsOf = ({ on, verbs }: OperatorPart): string[] =>
  verbs.map((verb) => `${SERVICES[on]}:${verb}`);

/** @param action as AWS writes it in a refusal: SQS in lower case. @returns undefined when neither role has it */
export function findRoleWith(action: string, resource = ""): OperatorRole | undefined {
  const having = OPERATOR_PARTS.filter((part) =>
    actionsOf(part).some((one) => one.toLowerCase() === action.toLowerCase()),
  );
  // Of the two secrets, the one with the name that is asked for.
  const named = having.find(({ on }) => on === "Stripe's keys" && resource.includes("learnermax/stripe"));
  return (named ?? having[0])?.role;
}

/** One list of names for all regions of an account. @param deployment e.g. `bursar-staging` */
export const operatorRoleName = (deployment: string, region: string, role: OperatorRole) =>
  `${deployment}-${region}-${role}`;
