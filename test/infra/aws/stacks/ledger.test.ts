import { expect, test } from "vitest";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only } = synthesiseStacks();
const LEDGER = { "dynamodb:LeadingKeys": ["LEDGER#*"] };

test("nobody updates or deletes what stands in the ledger: the table itself denies it", () => {
  const { Replicas } = only("Bursar-Data", "AWS::DynamoDB::GlobalTable").Properties as {
    Replicas: { ResourcePolicy: { PolicyDocument: { Statement: object[] } } }[];
  };
  expect(Replicas.map(({ ResourcePolicy }) => ResourcePolicy.PolicyDocument.Statement)).toEqual([
    [
      {
        Sid: "LedgerIsOnlyAppendedTo",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: [
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:PartiQLDelete",
          "dynamodb:PartiQLUpdate",
          "dynamodb:UpdateItem",
        ],
        Resource: "*",
        Condition: { "ForAnyValue:StringLike": LEDGER },
      },
    ],
  ]);
});
