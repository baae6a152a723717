import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { readable } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType } = synthesiseStacks(
  "stripePublishableKey=pk_test_1",
  "sellerLogo=https://logo.example/logo.png",
);

describe("the site", () => {
  const { DistributionConfig } = only("Bursar-Site", "AWS::CloudFront::Distribution").Properties as {
    DistributionConfig: { CacheBehaviors: Record<string, unknown>[] };
  };

  test("has pages of courses made by the API, which it keeps for a minute whatever else a request says", () => {
    const [api, pages] = ["/api/*", "/courses/*"].map((path) =>
      DistributionConfig.CacheBehaviors.find(({ PathPattern }) => PathPattern === path),
    );
    expect(pages).toMatchObject({ TargetOriginId: api?.["TargetOriginId"], Compress: true });
    expect(readable(pages?.["CachePolicyId"])).toBe("{CoursePages}");
    const [CachePolicyConfig] = ofType("AWS::CloudFront::CachePolicy")
      .map(({ Properties }) => Properties["CachePolicyConfig"])
      .filter((config) => !readable((config as { Name: unknown }).Name).endsWith("-catalogue"));
    expect(CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: "none" },
        HeadersConfig: { HeaderBehavior: "none" },
        QueryStringsConfig: { QueryStringBehavior: "none" },
      },
    });
  });

  test("answers what is not there with 404, the client's page and the security headers", () => {
    const { FunctionCode: code } = only("Bursar-Site", "AWS::CloudFront::Function").Properties;
    const script = readable(code);
    const answer = runInNewContext(`${script}; handler({ request: { uri: "/nowhere" } })`) as {
      statusCode: number;
      headers: Record<string, { value: string }>;
      body: { data: string };
    };
    expect([answer.statusCode, answer.body.data]).toEqual([404, "<!doctype html><title>Bursar</title>"]);
    // The same policy as all else has, the seller's logo in it.
    expect(answer.headers["content-security-policy"]?.value).toMatch(
      /img-src [^;]*https:\/\/logo\.example.*frame-ancestors 'none'/,
    );
    // CloudFront takes no more; the page itself has about 3,000 more than this one.
    expect(script.length).toBeLessThan(10_240 - 4_000);
    // Without it, S3 answers 403 of what is not there.
    expect(JSON.stringify(only("Bursar-Site", "AWS::S3::BucketPolicy"))).toContain("s3:ListBucket");
  });
});
