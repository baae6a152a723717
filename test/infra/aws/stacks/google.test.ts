import { expect, test } from "vitest";
import { asList, readable, statementsOf } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, stacks } = synthesiseStacks("googleClientId=id", "googleSecretId=bursar/google");
const identity = Object.entries(stacks["Bursar-Identity"] ?? {});
const pool = only("Bursar-Identity", "AWS::Cognito::UserPool").Properties;

test("with Google beside passwords, whoever signs up is looked at first", () => {
  const { PreSignUp } = pool["LambdaConfig"] as Record<string, unknown>;
  expect(readable(PreSignUp)).toBe("{PreSignUp.Arn}");
  const [, trigger] = identity.find(([id]) => /^PreSignUp[0-9A-F]{8}$/.test(id)) ?? [];
  expect(trigger?.Properties).toMatchObject({ FunctionName: "bursar-pre-sign-up", Timeout: 5 });
});

test("what Lambda says of the trigger's end is counted, and whom the trigger refuses is not", () => {
  const { FilterPattern, LogGroupName, MetricTransformations } = only(
    "Bursar-Identity",
    "AWS::Logs::MetricFilter",
  ).Properties;
  expect(readable(LogGroupName)).toBe("{PreSignUpLog}");
  expect(MetricTransformations).toMatchObject([
    { MetricNamespace: "Bursar", MetricName: "bursar-pre-sign-up-crashed", MetricValue: "1" },
  ]);
  const words = [...String(FilterPattern).matchAll(/\?"([^"]+)"/g)].map(([, word = ""]) => word);
  const isCounted = (line: string) => words.some((word) => line.includes(word));
  for (const line of [
    "2026-11-26T00:00:00.000Z 4f2b Task timed out after 5.00 seconds",
    "RequestId: 4f2b Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
    '2026-11-26T00:00:00.000Z undefined ERROR Uncaught Exception {"errorType":"Runtime.ImportModuleError"}',
  ])
    expect([line, isCounted(line)]).toEqual([line, true]);
  for (const line of [
    '2026-11-26T00:00:00.000Z 4f2b ERROR Invoke Error {"errorType":"SignUpRefused","errorMessage":"This e-mail address"}',
    "REPORT RequestId: 4f2b Duration: 80.12 ms Billed Duration: 81 ms Memory Size: 512 MB",
  ])
    expect([line, isCounted(line)]).toEqual([line, false]);
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
