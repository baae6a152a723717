/** Where botocore's models and AWS itself differ. */
import type { Explanation } from "../explained.ts";

export const CLIENTS_EXPLAINED: Explanation[] = [
  {
    what: /^dynamodb \w+Table, answer\.\S+\.ProvisionedThroughput\.NumberOfDecreasesToday$/,
    why: "The model wants 1 at least where DynamoDB itself says 0: nothing was decreased today.",
  },
  {
    what: /^sqs \w+Batch, answer\.(Failed|Successful)$/,
    why: "The model asks for both lists; SQS was recorded to leave out the one that is empty.",
  },
];
