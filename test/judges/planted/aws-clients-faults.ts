/** Faults of the endpoint as others' clients see it. */
import type { PlantedFault } from "./planted-fault.ts";

const judge = "AWS clients";

export const AWS_CLIENTS_FAULTS: PlantedFault[] = [
  {
    fault: "an error that no model declares",
    judge,
    file: "infra/local/aws/step-functions/start-request.ts",
    replace: `new ServiceError("InvalidName",`,
    by: `new ServiceError("InvalidExecutionName",`,
  },
  {
    fault: "an answer lacks what it must have",
    judge,
    file: "infra/local/aws/step-functions/operations.ts",
    replace: "{ executionArn: execution.arn, startDate: toSeconds(execution.startedAt) }",
    by: "{ executionArn: execution.arn } as never",
  },
  {
    fault: "a page begins with the last thing of the page before",
    judge,
    file: "infra/local/aws/step-functions/execution-store.ts",
    replace: "lt: after ? prefix + after :",
    by: "lte: after ? prefix + after :",
  },
  {
    fault: "times are told in milliseconds",
    judge,
    file: "infra/one-machine/wire.ts",
    replace: "milliseconds / 1000",
    by: "milliseconds",
  },
  {
    fault: "a list has members of another name",
    judge,
    file: "infra/local/aws/step-functions/tag-operations.ts",
    replace: "({ key, value })) };",
    by: "({ Key: key, value })) } as never;",
  },
  {
    fault: "what is not there is answered as a fault of the service",
    judge,
    file: "infra/local/aws/unknown-operation.ts",
    replace: `"UnknownOperationException",`,
    by: `"InternalFailure",`,
  },
  {
    fault: "the older protocol's answer names no account",
    judge,
    file: "infra/local/aws/sts.ts",
    replace: "Account: ACCOUNT,",
    by: "",
  },
];
