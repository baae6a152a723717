import { expect, test } from "vitest";
import { sentenceForOperator } from "#infra/operate/sentence-for-operator.ts";
import { LedgerAway } from "#workflow/ledger/keep-ledger.ts";

function denied(action: string, resource = "arn:aws:x") {
  const message = `User: arn:aws:sts::1:assumed-role/r/jo is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows it`;
  return Object.assign(new Error(message), { name: "AccessDeniedException" });
}

test.each([
  [
    "states:RedriveExecution",
    /^AWS does not allow you states:RedriveExecution on arn:aws:x\. Only the role that repairs has/,
  ],
  // As SQS writes it.
  [
    "sqs:deletemessage",
    /Only the role that repairs has that permission: RepairingRoleArn in the deployment's outputs\.$/,
  ],
  [
    "states:ListExecutions",
    /The role that looks has that permission, and the one that repairs: LookingRoleArn/,
  ],
  ["iam:CreateRole", /Add that permission to your role, or choose another AWS_PROFILE\.$/],
])("a denied %s says which role has it", (action, sentence) => {
  expect(sentenceForOperator(denied(action))).toMatch(sentence);
});

test("whoever may not read Stripe's own key is told of the one for looking", () => {
  const key = denied(
    "secretsmanager:GetSecretValue",
    "arn:aws:secretsmanager:us-east-1:1:secret:learnermax/stripe-AbCdEf",
  );
  expect(sentenceForOperator(key)).toMatch(
    /Only the role that repairs .* STRIPE_LOOKING_KEY=rk_\.\.\. npm run stripe:setup/,
  );
  const looking = denied(
    "secretsmanager:GetSecretValue",
    "arn:aws:secretsmanager:us-east-1:1:secret:learnermax/looking-key-AbCdEf",
  );
  expect(sentenceForOperator(looking)).toMatch(/The role that looks has that permission/);
});

test("a ledger that may not be written says so, and who may", () => {
  const away = new LedgerAway("The ledger cannot be written, so nothing was done.", {
    cause: denied("dynamodb:PutItem"),
  });
  expect(sentenceForOperator(away)).toMatch(
    /^The ledger cannot be written, so nothing was done\. AWS does not allow you dynamodb:PutItem .* Only the role that repairs/,
  );
});
