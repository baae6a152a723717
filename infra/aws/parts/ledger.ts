/** Who may write what into the ledger's part of the table: operators append, and nobody updates or deletes. */
import type { Stack } from "aws-cdk-lib";
import type { TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, ManagedPolicy, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";

const LEDGER = { "dynamodb:LeadingKeys": ["LEDGER#*"] };

/** What changes or removes an item that stands. A transaction asks for these by the same names. */
const REWRITING = ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLUpdate", "PartiQLDelete"];

/**
 * On the table itself, so that it holds for every function and every administrator of the account.
 * PutItem cannot be told from appending by permission: that it only appends is the condition of every write.
 */
export function denyRewriting(): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: "LedgerIsOnlyAppendedTo",
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: REWRITING.map((verb) => `dynamodb:${verb}`),
        // The table's own ARN is not known yet within its own policy.
        resources: ["*"],
        conditions: { "ForAnyValue:StringLike": LEDGER },
      }),
    ],
  });
}

/** For the role of whoever repairs: everything else that it takes, `npm run console -- --help` lists. */
export function letAppend(stack: Stack, table: TableV2): ManagedPolicy {
  return new ManagedPolicy(stack, "AppendToLedger", {
    description: "Appends to the ledger of what operators did, and reads it",
    statements: [
      new PolicyStatement({
        actions: ["dynamodb:PutItem", "dynamodb:Query"],
        resources: [table.tableArn],
        conditions: { "ForAllValues:StringLike": LEDGER, Null: { "dynamodb:LeadingKeys": "false" } },
      }),
    ],
  });
}
