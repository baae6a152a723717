import { describe, expect, test } from "vitest";
import { readDeployment } from "#infra/aws/deployment-context.ts";
import { readable } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

interface Rule {
  Name: string;
  Priority: number;
  Action?: object;
  OverrideAction?: object;
  Statement: {
    RateBasedStatement?: { Limit: number; AggregateKeyType: string; ScopeDownStatement: object };
    ManagedRuleGroupStatement?: { VendorName: string; ScopeDownStatement: object };
    IPSetReferenceStatement?: { Arn: unknown };
  };
}

const { ofType, only } = synthesiseStacks("waf=on");
const rules = only("Bursar-Site", "AWS::WAFv2::WebACL").Properties["Rules"] as Rule[];
const distributionOf = (stacks: ReturnType<typeof synthesiseStacks>) =>
  stacks.only("Bursar-Site", "AWS::CloudFront::Distribution").Properties["DistributionConfig"] as {
    WebACLId?: unknown;
  };
const elsewhere = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1";

describe("the firewall before CloudFront", () => {
  test("is off unless it is asked for, and costs nothing then", () => {
    const stacks = synthesiseStacks();
    expect(stacks.ofType("AWS::WAFv2::WebACL").concat(stacks.ofType("AWS::WAFv2::IPSet"))).toEqual([]);
    expect(distributionOf(stacks).WebACLId).toBeUndefined();
  });

  test("is CloudFront's, which is where one can stand before an HTTP API", () => {
    expect(only("Bursar-Site", "AWS::WAFv2::WebACL").Properties["Scope"]).toBe("CLOUDFRONT");
    expect(readable(distributionOf(synthesiseStacks("waf=on")).WebACLId)).toBe("{Firewall.Arn}");
  });

  test("may be one that stands already, e.g. of a deployment in another region", () => {
    const stacks = synthesiseStacks(`waf=${elsewhere}`);
    expect(stacks.ofType("AWS::WAFv2::WebACL")).toEqual([]);
    expect(distributionOf(stacks).WebACLId).toBe(elsewhere);
  });

  test.each([
    "yes",
    "arn:aws:wafv2:eu-west-1:123456789012:global/webacl/ours/1",
    elsewhere.replace("global", "regional"),
  ])("is refused as %s before anything is made", (waf) => {
    expect(() => readDeployment([`waf=${waf}`])).toThrow(/waf must be on, off, or the ARN of a web ACL/);
  });

  test("blocks the addresses that operators have listed before it looks at anything else", () => {
    const [first, second] = rules;
    for (const rule of [first, second]) {
      expect(rule?.Action).toEqual({ Block: {} });
      expect(readable(rule?.Statement.IPSetReferenceStatement?.Arn)).toMatch(/^\{BlockedIPV[46]\.Arn\}$/);
    }
    expect(ofType("AWS::WAFv2::IPSet").map(({ Properties }) => Properties["Addresses"])).toEqual([[], []]);
    expect(rules.map(({ Priority }) => Priority)).toEqual(rules.map((_rule, index) => index));
  });

  test("limits each address, and Stripe's own far above what a shop's deliveries are", () => {
    const limits = rules.flatMap(({ Statement: { RateBasedStatement: rate } }) => rate ?? []);
    expect(limits).toMatchObject([
      {
        Limit: 20_000,
        AggregateKeyType: "IP",
        ScopeDownStatement: { ByteMatchStatement: { SearchString: "/api/webhooks/" } },
      },
      { Limit: 3_000, AggregateKeyType: "IP", ScopeDownStatement: { NotStatement: expect.anything() } },
    ]);
  });

  test("lets AWS's groups judge all but the webhook, whose bodies are large and signed", () => {
    const groups = rules.flatMap(({ Statement: { ManagedRuleGroupStatement: group } }) => group ?? []);
    expect(groups).toHaveLength(3);
    for (const group of groups)
      expect(group).toMatchObject({
        VendorName: "AWS",
        ScopeDownStatement: { NotStatement: expect.anything() },
      });
  });
});
