import { expect, test } from "vitest";
import { asList, readable, statementsOf, synthesiseStacks } from "../synthesised-stacks.ts";

const { only, stacks } = synthesiseStacks("googleClientId=id", "googleSecretId=bursar/google");
const identity = Object.entries(stacks["Bursar-Identity"] ?? {});
const pool = only("Bursar-Identity", "AWS::Cognito::UserPool").Properties;

test("with Google beside passwords, whoever signs up is looked at first", () => {
  const { PreSignUp } = pool["LambdaConfig"] as Record<string, unknown>;
  expect(readable(PreSignUp)).toBe("{PreSignUp.Arn}");
  const [, trigger] = identity.find(([id]) => /^PreSignUp[0-9A-F]{8}$/.test(id)) ?? [];
  expect(trigger?.Properties).toMatchObject({ FunctionName: "bursar-pre-sign-up", Timeout: 5 });
});

test("without Google there is nobody to tell apart", () => {
  const plain = synthesiseStacks().only("Bursar-Identity", "AWS::Cognito::UserPool").Properties;
  expect(Object.keys(plain["LambdaConfig"] as object)).not.toContain("PreSignUp");
});

test("the trigger may find and link students of this pool, write its log, and nothing else", () => {
  const policies = identity.filter(
    ([, { Type, Properties }]) =>
      Type === "AWS::IAM::Policy" && JSON.stringify(Properties["Roles"]).includes("PreSignUpRole"),
  );
  const granted = policies
    .flatMap(([, policy]) => statementsOf(policy))
    .map(({ Action, Resource }) => [asList(Action), readable(Resource)]);
  expect(granted).toEqual([
    [["logs:CreateLogStream", "logs:PutLogEvents"], "{PreSignUpLog.Arn}"],
    [["cognito-idp:AdminLinkProviderForUser", "cognito-idp:ListUsers"], "{Students.Arn}"],
  ]);
});

test("mail goes over SES when there is an address to send it from", () => {
  expect(pool["EmailConfiguration"]).toBeUndefined();
  const { EmailConfiguration } = synthesiseStacks("emailFrom=courses@example.com").only(
    "Bursar-Identity",
    "AWS::Cognito::UserPool",
  ).Properties as { EmailConfiguration: Record<string, unknown> };
  expect(EmailConfiguration).toMatchObject({
    EmailSendingAccount: "DEVELOPER",
    From: "Bursar <courses@example.com>",
  });
  expect(readable(EmailConfiguration["SourceArn"])).toBe(
    "arn:<Partition>:ses:<Region>:<AccountId>:identity/example.com",
  );
});
