/** Faults of the local DynamoDB, SQS and Secrets Manager that the recordings show. */
import type { PlantedFault } from "./planted-fault.ts";

export const RECORDED_CALLS_FAULTS: PlantedFault[] = [
  {
    fault: "a condition that fails does not tell what stands there",
    judge: "recorded tables",
    file: "infra/local/aws/dynamodb/dynamodb.ts",
    replace: "if (Item) error.body.Item = Item;",
    by: "",
  },
  {
    fault: "the page after a token begins one queue too late",
    judge: "recorded queues",
    file: "infra/local/aws/sqs/answers.ts",
    replace: "urls.indexOf(last) + 1",
    by: "urls.indexOf(last) + 2",
  },
  {
    fault: "the digest of a message's attributes leaves out of which kind they are",
    judge: "recorded queues",
    file: "infra/local/aws/sqs/message-attributes.ts",
    replace: "digest.update(Buffer.of(StringValue === undefined ? 2 : 1));",
    by: "",
  },
  {
    fault: "a refusal has the class of SQS's older protocol",
    judge: "recorded queues",
    file: "infra/local/aws/sqs/sqs-error.ts",
    replace: `new SqsError("InvalidParameterValueException", message);`,
    by: `new SqsError("InvalidParameterValue", message);`,
  },
  {
    fault: "a label stays on the version that it has left",
    judge: "recorded secrets",
    file: "infra/local/aws/secrets-manager/versions.ts",
    replace: "version.stages.filter((stage) => !moved.includes(stage))",
    by: "version.stages",
  },
];
