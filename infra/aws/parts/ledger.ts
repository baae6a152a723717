/** What nobody may do to the ledger's part of the table: update or delete. Who appends, the operators' roles say. */
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";

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
