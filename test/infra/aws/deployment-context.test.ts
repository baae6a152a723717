import { expect, test } from "vitest";
import { DEPLOYMENT_KEYS, readDeployment } from "#infra/aws/deployment-context.ts";

test("a deployment that is told nothing is the production stage", () => {
  expect(readDeployment([])).toEqual({
    stage: "production",
    reservedConcurrency: "on",
    waf: "off",
    promotionCodes: "off",
    tax: "off",
    taxIds: "off",
    invoices: "off",
    terms: "off",
    runbookUrl: "infra/operate/runbook.md",
  });
});

test("a value may contain an equals sign", () => {
  expect(readDeployment(["runbookUrl=https://example.com/?a=b"]).runbookUrl).toBe("https://example.com/?a=b");
});

test("all that is wrong with the context is said at once, in one sentence", () => {
  const wrong = ["stage=Not ok", "alarmEmail=nobody", "stripePublishableKey=sk_test_1", "colour=red"];
  expect(() => readDeployment(wrong)).toThrow(
    /stage must be .*alarmEmail .*stripePublishableKey must be .*colour is not known \(known: stage, /,
  );
});

test.each([["domain=courses.example.com"], ["googleClientId=1"]])("%s needs its companion", (pair) => {
  expect(() => readDeployment([pair])).toThrow(/belong together/);
});

test.each([
  ["aws-test", 'must not contain "aws"'],
  ["laws", 'must not contain "aws"'],
  ["my-amazon", 'must not contain "amazon"'],
  ["cognito", 'must not contain "cognito"'],
  ["queue-consumer", "would share the name bursar-webhook-queue-consumer with another stage"],
  ["queue-consumer-eu", "would share the name bursar-webhook-queue-consumer with another stage"],
  ["Staging", "must be 1-20 lower-case letters"],
  ["two--hyphens", "must be 1-20 lower-case letters"],
  ["hyphen-", "must be 1-20 lower-case letters"],
  ["a-stage-of-21-letters", "must be 1-20 lower-case letters"],
  ["", "must be 1-20 lower-case letters"],
])("the stage %o is refused: it %s", (stage, fault) => {
  expect(() => readDeployment([`stage=${stage}`])).toThrow(`stage ${fault}`);
});

test.each(["staging", "queue", "consumer", "a-b", "pr-128", "production"])("%s may be a stage", (stage) => {
  expect(readDeployment([`stage=${stage}`]).stage).toBe(stage);
});

test("what is no key=value is refused", () => {
  expect(() => readDeployment(["staging"])).toThrow('"staging" is not of that shape');
});

test("every key says what it is for", () => {
  for (const [, description] of DEPLOYMENT_KEYS) expect(description.length).toBeGreaterThan(10);
});
