import { describe, expect, test } from "vitest";
import { ROUTES } from "#workflow/contract.ts";
import { readable } from "../read-template.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

const { only, ofType, stacks } = synthesiseStacks("stripePublishableKey=pk_test_1");

describe("the HTTP API", () => {
  const routes = ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties);
  const stage = only("Bursar-Api", "AWS::ApiGatewayV2::Stage");

  const integrationOf = (routeKey: string) => {
    const target = readable(routes.find(({ RouteKey }) => RouteKey === routeKey)?.["Target"]);
    const id = /\{(.+)\}/.exec(target)?.[1] ?? "";
    const [, integration] =
      Object.entries(stacks["Bursar-Api"] ?? {}).find(([logicalId]) => logicalId.startsWith(id)) ?? [];
    return readable(integration?.Properties["IntegrationUri"]);
  };

  test("lets through the contract's routes and no other", () => {
    expect(new Set(routes.map(({ RouteKey }) => RouteKey))).toEqual(
      new Set([...keysOf("anyone", "student", "stripe"), "GET /courses/{courseId}"]),
    );
  });

  test("asks for a student's access token on every student route and on no other", () => {
    const guarded = routes.filter(({ AuthorizationType }) => AuthorizationType === "JWT");
    expect(new Set(guarded.map(({ RouteKey }) => RouteKey))).toEqual(new Set(keysOf("student")));
    for (const { AuthorizerId, AuthorizationScopes } of guarded) {
      expect(readable(AuthorizerId)).toBe("{HttpApiStudents}");
      // An id token has no scopes at all.
      expect(AuthorizationScopes).toEqual(["openid"]);
    }
    const open = routes.filter((route) => !guarded.includes(route));
    expect(open.map(({ AuthorizationType }) => AuthorizationType)).toEqual(open.map(() => "NONE"));
  });

  test("believes tokens that the user pool issued to the client, and none else", () => {
    const { Properties } = only("Bursar-Api", "AWS::ApiGatewayV2::Authorizer");
    const { Issuer, Audience } = Properties["JwtConfiguration"] as { Issuer: unknown; Audience: unknown[] };
    expect(readable(Issuer)).toBe("{Students.ProviderURL}");
    expect(Audience.map(readable)).toEqual(["{StudentsClient}"]);
  });

  test("hands Stripe's requests to the webhook and all others to the API", () => {
    const integrations = ROUTES.map(({ method, path }) => [path, integrationOf(`${method} ${path}`)]);
    const expected = ROUTES.map(({ path, access }) => [
      path,
      access === "stripe" ? "{Webhook.Arn}" : "{Api.Arn}",
    ]);
    expect(integrations).toEqual(expected);
  });

  test("throttles every route, and the dear ones more", () => {
    expect(stage.Properties).toMatchObject({
      StageName: "$default",
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      RouteSettings: {
        "POST /api/webhooks/stripe": { ThrottlingRateLimit: 400, ThrottlingBurstLimit: 2_000 },
        "POST /api/enrollments": { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
        "GET /api/checkout/session/{sessionId}": { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
        "POST /api/csp-reports": { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
      },
    });
    const routeIds = Object.entries(stacks["Bursar-Api"] ?? {})
      .filter(([, { Type }]) => Type === "AWS::ApiGatewayV2::Route")
      .map(([id]) => id);
    expect(stage.DependsOn).toEqual(expect.arrayContaining(routeIds));
  });

  test("logs requests without saying whose they are", () => {
    const { DestinationArn, Format } = stage.Properties["AccessLogSettings"] as Record<string, unknown>;
    expect(readable(DestinationArn)).toBe("{AccessLog.Arn}");
    expect(Format).toContain("$context.routeKey");
    expect(Format).not.toMatch(/sourceIp|userAgent|claims|\$context\.path|identity/);
  });
});

describe("the site", () => {
  const { DistributionConfig } = only("Bursar-Site", "AWS::CloudFront::Distribution").Properties as {
    DistributionConfig: Record<string, unknown> & {
      DefaultCacheBehavior: Record<string, unknown>;
      CacheBehaviors: Record<string, unknown>[];
      Origins: Record<string, unknown>[];
    };
  };

  test("keeps the bucket private, encrypted and for CloudFront alone", () => {
    const bucket = only("Bursar-Site", "AWS::S3::Bucket").Properties;
    expect(bucket["PublicAccessBlockConfiguration"]).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(bucket["BucketEncryption"])).toContain("AES256");
    const [files] = DistributionConfig.Origins;
    expect(readable(files?.["OriginAccessControlId"])).toBe("{ClientAccess.Id}");
  });

  test("serves the API on its own origin, uncached and with all methods", () => {
    const api = DistributionConfig.CacheBehaviors.find(({ PathPattern }) => PathPattern === "/api/*");
    expect(api).toMatchObject({
      ViewerProtocolPolicy: "redirect-to-https",
      // AWS's own policies: CachingDisabled, AllViewerExceptHostHeader.
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    });
    expect(api?.["AllowedMethods"]).toContain("POST");
    expect(DistributionConfig.Origins[1]).toMatchObject({
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    });
  });

  test("answers every request with the security headers", () => {
    const policies = [DistributionConfig.DefaultCacheBehavior, ...DistributionConfig.CacheBehaviors].map(
      (behaviour) => readable(behaviour["ResponseHeadersPolicyId"]),
    );
    expect(policies).toEqual(policies.map(() => "{SecurityHeaders}"));
    const { ResponseHeadersPolicyConfig } = only("Bursar-Site", "AWS::CloudFront::ResponseHeadersPolicy")
      .Properties as {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: Record<string, object>;
        CustomHeadersConfig: object;
      };
    };
    const headers = ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    expect(headers).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: "DENY" },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
    });
    const { ContentSecurityPolicy } = headers["ContentSecurityPolicy"] as { ContentSecurityPolicy: unknown };
    expect(readable(ContentSecurityPolicy)).toContain(
      "connect-src 'self' https://api.stripe.com https://checkout.stripe.com https://cognito-idp.<Region>.amazonaws.com https://bursar-<AccountId>.auth.<Region>.amazoncognito.com;",
    );
    expect(readable(ContentSecurityPolicy)).toMatch(/; report-uri \/api\/csp-reports; report-to csp$/);
    expect(ResponseHeadersPolicyConfig.CustomHeadersConfig).toEqual({
      Items: [{ Header: "Reporting-Endpoints", Value: 'csp="/api/csp-reports"', Override: true }],
    });
  });

  test("has its own name when it is given one", () => {
    const own = synthesiseStacks(
      "stage=staging",
      "domain=courses.example.com",
      "certificateArn=arn:aws:acm:us-east-1:123456789012:certificate/1",
    );
    const config = own.only("Bursar-staging-Site", "AWS::CloudFront::Distribution").Properties;
    expect(config["DistributionConfig"]).toMatchObject({
      Aliases: ["courses.example.com"],
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021" },
    });
    const client = own.only("Bursar-staging-Identity", "AWS::Cognito::UserPoolClient").Properties;
    expect(client["CallbackURLs"]).toEqual(["https://courses.example.com/sign-in/callback"]);
  });

  test("tells the client its configuration", () => {
    const uploads = ofType("Custom::CDKBucketDeployment").map(({ Properties }) => Properties);
    const [assets, pages] = uploads;
    expect(assets).toMatchObject({
      DestinationBucketKeyPrefix: "assets",
      SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" },
    });
    expect(pages).toMatchObject({
      SystemMetadata: { "cache-control": "no-cache" },
      DistributionPaths: ["/*"],
      Prune: false,
    });
    expect(JSON.stringify(pages?.["SourceMarkers"])).toContain("ProviderURL");
  });
});

describe("sign-in", () => {
  const userPool = only("Bursar-Identity", "AWS::Cognito::UserPool");
  const client = only("Bursar-Identity", "AWS::Cognito::UserPoolClient").Properties;

  test("is by code with PKCE: the client is public and has no other flow", () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
      SupportedIdentityProviders: ["COGNITO"],
      PreventUserExistenceErrors: "ENABLED",
    });
    expect((client["CallbackURLs"] as unknown[]).map(readable)).toEqual([
      "https://{Distribution.DomainName}/sign-in/callback",
    ]);
  });

  test("takes a refresh token once, forgives a lost answer for a minute, and revokes tokens", () => {
    expect(client).toMatchObject({
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
      EnableTokenRevocation: true,
    });
    // The two exclude each other.
    expect(client["ExplicitAuthFlows"]).not.toContain("ALLOW_REFRESH_TOKEN_AUTH");
  });

  test("completes access tokens, which only the trigger's second version can", () => {
    const { PreTokenGenerationConfig } = userPool.Properties["LambdaConfig"] as Record<string, object>;
    expect(PreTokenGenerationConfig).toMatchObject({ LambdaVersion: "V2_0" });
    expect(userPool.Properties["UserPoolTier"]).toBe("ESSENTIALS");
  });

  test("keeps students' accounts", () => {
    expect(userPool).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: { DeletionProtection: "ACTIVE" },
    });
  });

  test("is with Google too when there is a client for it, whose secret stays out of the template", () => {
    const withGoogle = synthesiseStacks("googleClientId=id", "googleSecretId=bursar/google");
    const google = withGoogle.only("Bursar-Identity", "AWS::Cognito::UserPoolIdentityProvider").Properties;
    expect(google["ProviderDetails"]).toMatchObject({
      client_id: "id",
      client_secret: "{{resolve:secretsmanager:bursar/google:SecretString:clientSecret::}}",
    });
    const googleClient = withGoogle.only("Bursar-Identity", "AWS::Cognito::UserPoolClient").Properties;
    expect(googleClient["SupportedIdentityProviders"]).toEqual(["COGNITO", "Google"]);
  });
});

function keysOf(...access: string[]): string[] {
  return ROUTES.filter((route) => access.includes(route.access)).map(
    ({ method, path }) => `${method} ${path}`,
  );
}
