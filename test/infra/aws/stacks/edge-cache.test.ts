import { expect, test } from "vitest";
import { readable } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

interface Behaviour {
  PathPattern: string;
  AllowedMethods?: string[];
  CachePolicyId: unknown;
  [setting: string]: unknown;
}

const { only, ofType } = synthesiseStacks("stripePublishableKey=pk_test_1");
const { CacheBehaviors: behaviours, CustomErrorResponses: errors } = only(
  "Bursar-Site",
  "AWS::CloudFront::Distribution",
).Properties["DistributionConfig"] as { CacheBehaviors: Behaviour[]; CustomErrorResponses: object[] };

/** As the first pattern that fits decides. */
const behaviourOf = (path: string) =>
  behaviours.find(({ PathPattern }) =>
    new RegExp(`^${PathPattern.replaceAll(/[*.]/g, (sign) => (sign === "*" ? ".*" : "\\."))}$`).test(path),
  );

test.each(["/api/courses", "/api/courses/TEST-COURSE-001", "/api/openapi.json"])(
  "%s is kept at the edge and compressed, and whose request it was is not passed on",
  (path) => {
    const {
      CachePolicyId,
      AllowedMethods = ["GET", "HEAD"],
      ...rest
    } = behaviourOf(path) ?? ({} as Behaviour);
    expect([readable(CachePolicyId), AllowedMethods, rest["Compress"]]).toEqual([
      "{Catalogue}",
      ["GET", "HEAD"],
      true,
    ]);
    expect(rest).not.toHaveProperty("OriginRequestPolicyId");
  },
);

test("the policy has CloudFront compress, tells searches and pages apart, and leaves the time to the answer", () => {
  const policies = ofType("AWS::CloudFront::CachePolicy").map(
    ({ Properties }) => Properties["CachePolicyConfig"],
  );
  expect(policies).toContainEqual(
    expect.objectContaining({
      MinTTL: 0,
      DefaultTTL: 0,
      // None above zero, and CloudFront neither keeps nor compresses.
      MaxTTL: 86_400,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
        CookiesConfig: { CookieBehavior: "none" },
        HeadersConfig: { HeaderBehavior: "none" },
        QueryStringsConfig: {
          QueryStringBehavior: "whitelist",
          QueryStrings: ["after", "before", "q", "price"],
        },
      },
    }),
  );
});

test.each(["/api/enrollments", "/api/students/me", "/api/checkout/session/cs_1", "/api/purchases"])(
  "%s is kept by nobody: AWS's own policy has neither a time nor a key for it",
  (path) => {
    expect(behaviourOf(path)).toMatchObject({ CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" });
  },
);

test("no error is kept, since it may be one student's", () => {
  const codes = [404, 414, 500, 501, 502, 503, 504];
  expect(errors).toEqual(codes.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
});
