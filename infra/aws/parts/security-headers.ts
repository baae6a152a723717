/** The headers that CloudFront adds to every answer. */
import { Duration } from "aws-cdk-lib";
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import { contentSecurityPolicy, REPORTING_ENDPOINTS } from "#infra/deployment/content-security-policy.ts";

/** The same, for what CloudFront answers by a function of ours. The parameters are as below. */
export const pageHeaders = (issuer: string[], images: string[]): Record<string, string> => ({
  "content-security-policy": contentSecurityPolicy({ issuer, images }),
  "reporting-endpoints": REPORTING_ENDPOINTS,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "strict-transport-security": "max-age=31536000",
});

/**
 * @param name one in the whole account
 * @param issuer origins of the user pool and of its sign-in page
 * @param images where the seller's logo is
 */
export function createSecurityHeaders(
  scope: Construct,
  name: string,
  issuer: string[],
  images: string[],
): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, "SecurityHeaders", {
    responseHeadersPolicyName: name,
    customHeadersBehavior: {
      customHeaders: [{ header: "Reporting-Endpoints", value: REPORTING_ENDPOINTS, override: true }],
    },
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: contentSecurityPolicy({ issuer, images }),
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: {
        referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
        override: true,
      },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(365),
        override: true,
      },
    },
  });
}
