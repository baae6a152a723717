/** The optional web ACL before CloudFront: what it blocks, and the list of addresses that operators block. */
import type { Stack } from "aws-cdk-lib";
import { CfnIPSet, CfnWebACL } from "aws-cdk-lib/aws-wafv2";

/** Requests of one address in five minutes. Stripe delivers from a dozen addresses, a school may be behind one. */
const MOST_IN_FIVE_MINUTES = { webhook: 20_000, others: 3_000 };

const MANAGED_GROUPS = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
];

type Statement = CfnWebACL.StatementProperty;

const ofWebhook: Statement = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString: "/api/webhooks/",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};
/** Stripe's events are large and may look like anything; their signature is what tells. */
const ofOthers: Statement = { notStatement: { statement: ofWebhook } };

/**
 * CloudFront takes web ACLs of us-east-1 only, so the stack must be there. HTTP APIs take none at all.
 * @param name unique in the account
 * @returns the web ACL's ARN
 */
export function createFirewall(stack: Stack, name: string): string {
  const rules = [
    ...createBlockedAddresses(stack, name),
    rule("WebhookRate", limitRate(MOST_IN_FIVE_MINUTES.webhook, ofWebhook)),
    rule("Rate", limitRate(MOST_IN_FIVE_MINUTES.others, ofOthers)),
    ...MANAGED_GROUPS.map((group) => managed(group)),
  ];
  const firewall = new CfnWebACL(stack, "Firewall", {
    name,
    scope: "CLOUDFRONT",
    defaultAction: { allow: {} },
    visibilityConfig: watched(name),
    rules: rules.map((one, priority) => ({ ...one, priority })),
  });
  return firewall.attrArn;
}

/** Empty until an operator writes an address: see the runbook. */
function createBlockedAddresses(stack: Stack, name: string) {
  return ["IPV4", "IPV6"].map((ipAddressVersion) => {
    const { attrArn } = new CfnIPSet(stack, `Blocked${ipAddressVersion}`, {
      name: `${name}-blocked-${ipAddressVersion.toLowerCase()}`,
      scope: "CLOUDFRONT",
      ipAddressVersion,
      addresses: [],
    });
    return rule(`Blocked${ipAddressVersion}`, { ipSetReferenceStatement: { arn: attrArn } });
  });
}

const limitRate = (limit: number, scopeDownStatement: Statement): Statement => ({
  rateBasedStatement: { limit, aggregateKeyType: "IP", scopeDownStatement },
});

const watched = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  // The addresses of the last three hours, for who looks for one to block.
  sampledRequestsEnabled: true,
});

const rule = (name: string, statement: Statement) => ({
  name,
  statement,
  action: { block: {} },
  visibilityConfig: watched(name),
});

const managed = (name: string) => ({
  name,
  statement: { managedRuleGroupStatement: { vendorName: "AWS", name, scopeDownStatement: ofOthers } },
  overrideAction: { none: {} },
  visibilityConfig: watched(name),
});
