import { expect, test } from "vitest";
import { asList, readable, statementsOf } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType } = synthesiseStacks();
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

test("operators may append to the ledger and read it, and nothing else of the table", () => {
  const policy = only("Bursar-Data", "AWS::IAM::ManagedPolicy");
  const granted = statementsOf(policy).map(({ Effect, Action, Resource, Condition }) => ({
    Effect,
    Action,
    Resource: readable(Resource),
    Condition,
  }));
  expect(granted).toEqual([
    {
      Effect: "Allow",
      Action: ["dynamodb:PutItem", "dynamodb:Query"],
      Resource: "{Education.Arn}",
      // Without keys in the request every condition on all of them holds.
      Condition: { "ForAllValues:StringLike": LEDGER, Null: { "dynamodb:LeadingKeys": "false" } },
    },
  ]);
});

test("no function has the operators' policy", () => {
  const attached = ofType("AWS::IAM::Role").flatMap(({ Properties }) =>
    asList(Properties["ManagedPolicyArns"] ?? []).map(readable),
  );
  expect(attached.filter((arn) => arn.includes("AppendToLedger"))).toEqual([]);
});
