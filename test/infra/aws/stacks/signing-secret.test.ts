import { describe, expect, test } from "vitest";
import { readable } from "../read-template.ts";
import type { Resource } from "../synthesise-templates.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { stacks, only } = synthesiseStacks();
const api = stacks["Bursar-Api"] ?? {};

const named = (functionName: string) =>
  Object.entries(api).find(([, { Properties }]) => Properties["FunctionName"] === functionName);
const idOf = (type: string) => Object.entries(api).find(([, { Type }]) => Type === type)?.[0] ?? "none";
const rules = () => Object.values(api).filter(({ Type }) => Type === "AWS::Events::Rule");
const patternOf = ({ Properties }: Resource) => Properties["EventPattern"] as Pattern | undefined;

interface Pattern {
  detail: { eventName: string[]; requestParameters: { secretId: unknown } };
}

describe("the webhook's own secret", () => {
  test("is named like no stage's secret of keys", () => {
    expect(only("Bursar-Api", "AWS::SecretsManager::Secret").Properties["Name"]).toBe(
      "learnermax/signing-secret",
    );
    const staging = synthesiseStacks("stage=staging").only(
      "Bursar-staging-Api",
      "AWS::SecretsManager::Secret",
    );
    expect(staging.Properties["Name"]).toBe("learnermax/signing-secret-staging");
  });

  test("has no value in the template, since a value there would overwrite the copy", () => {
    const { Properties } = only("Bursar-Api", "AWS::SecretsManager::Secret");
    expect(Object.keys(Properties).sort()).toEqual(["Description", "Name"]);
  });

  test("is filled during a deployment, before the webhook's function is one that reads it", () => {
    const trigger = idOf("Custom::Trigger");
    const [, webhook] = named("bursar-webhook") ?? [];
    expect(webhook?.DependsOn).toContain(trigger);
    expect(api[trigger]?.DependsOn).toContain(idOf("AWS::SecretsManager::Secret"));
    expect(readable(api[trigger]?.Properties["HandlerArn"])).toMatch(/^\{CopySigningSecret/);
  });

  test("leaves the role of earlier versions to them, until none of them runs", () => {
    expect(Object.keys(api).some((id) => id.startsWith("WebhookSignatureRole"))).toBe(true);
    expect(Object.keys(api).filter((id) => id.startsWith("WebhookRole"))).toEqual([]);
  });

  test("is filled every few minutes, and whenever the trail tells of a writing", () => {
    expect(rules().map(({ Properties }) => Properties["ScheduleExpression"])).toContain("rate(5 minutes)");
    const { detail } = rules().map(patternOf).find(Boolean) ?? {};
    expect(detail?.eventName).toEqual(expect.arrayContaining(["PutSecretValue", "UpdateSecret"]));
    expect(detail?.requestParameters.secretId).toEqual([{ wildcard: "*learnermax/stripe*" }]);
    for (const { Properties } of rules()) {
      const [target] = Properties["Targets"] as { Arn: unknown }[];
      expect(readable(target?.Arn)).toBe("{CopySigningSecret.Arn}");
    }
  });
});
