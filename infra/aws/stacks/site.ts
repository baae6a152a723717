/**
 * The one origin that students and Stripe reach: CloudFront before the client's files and before the HTTP API.
 *
 * The API is only named here and gets its routes in the API stack, since both need what the other makes: CloudFront the
 * API's address, and the routes' functions the site's.
 */
import { Duration, Fn, RemovalPolicy, type Stack, Validations } from "aws-cdk-lib";
import { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  type DistributionProps,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { writeClientPageFunction } from "#infra/deployment/client-page.ts";
import { ERRORS_NOT_KEPT, SHARED_PATHS, SHARED_QUERY } from "#infra/deployment/edge-cache.ts";
import { imageOriginsOf } from "#infra/deployment/seller.ts";
import { type Deployment, sellerOf } from "../deployment-context.ts";
import { createFirewall } from "../parts/firewall.ts";
import { createSecurityHeaders, pageHeaders } from "../parts/security-headers.ts";
import { issuerOrigins } from "./identity.ts";
import { accountWideName, addOutputs, createStack, type StackSettings } from "./settings.ts";

/** @param clientDirectory what `vite build` wrote */
export function createSiteStack(settings: StackSettings, clientDirectory: string) {
  const { deployment, names } = settings;
  const stack = createStack(settings, "Site", "the address of the client and the API");

  const httpApi = new HttpApi(stack, "HttpApi", { apiName: names.deployment, createDefaultStage: false });
  const bucket = createBucket(stack);
  const shared = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: createSecurityHeaders(
      stack,
      accountWideName(names),
      issuerOrigins(names),
      imageOriginsOf(sellerOf(deployment)),
    ),
    compress: true,
  };
  const api = new HttpOrigin(Fn.select(2, Fn.split("/", httpApi.apiEndpoint)), {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
  });
  const coursePages = createCachePolicy(stack, "CoursePages", accountWideName(names));
  const catalogue = createCachePolicy(
    stack,
    "Catalogue",
    `${accountWideName(names)}-catalogue`,
    SHARED_QUERY,
  );
  const distribution = new Distribution(stack, "Distribution", {
    comment: names.deployment,
    defaultBehavior: {
      ...shared,
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        // Who may not list is told 403 of a file that is not there.
        originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        originAccessControl: new S3OriginAccessControl(stack, "ClientAccess", {
          originAccessControlName: accountWideName(names),
        }),
      }),
      functionAssociations: [
        {
          function: createClientPageFunction(stack, settings, clientDirectory),
          eventType: FunctionEventType.VIEWER_REQUEST,
        },
      ],
    },
    additionalBehaviors: {
      // Before what it is a part of. Neither Authorization nor a cookie goes on, so the answer is everybody's.
      ...Object.fromEntries(
        SHARED_PATHS.map((path) => [path, { ...shared, origin: api, cachePolicy: catalogue }]),
      ),
      "/api/*": {
        ...shared,
        origin: api,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // The API's host must see its own name; everything else, the Authorization header too, goes through.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      // Whoever shows a link that was shared runs no script: what a course is must be in its page.
      "/courses/*": { ...shared, origin: api, cachePolicy: coursePages },
    },
    errorResponses: ERRORS_NOT_KEPT.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    defaultRootObject: "index.html",
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_100,
    ...firewall(stack, settings),
    ...ownDomain(stack, deployment),
  });
  acknowledgeSite(distribution, bucket, deployment);

  // Other stacks import it only as long as there is no domain; without this, the update that adds one would be refused.
  stack.exportValue(distribution.distributionDomainName);
  const clientUrl = `https://${deployment.domain ?? distribution.distributionDomainName}`;
  addOutputs(stack, {
    ClientUrl: clientUrl,
    WebhookUrl: `${clientUrl}/api/webhooks/stripe`,
    DistributionDomainName: distribution.distributionDomainName,
  });
  return { httpApi, bucket, distribution, clientUrl };
}

function firewall(stack: Stack, { deployment: { waf }, names }: StackSettings): Partial<DistributionProps> {
  if (waf === "off") return {};
  return { webAclId: waf === "on" ? createFirewall(stack, accountWideName(names)) : waf };
}

function createBucket(stack: Stack): IBucket {
  const bucket = new Bucket(stack, "Client", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    // Nothing but the client's build, which every deployment uploads again.
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });
  // The CDK's own class leaves undefined what its interface leaves out.
  return bucket as IBucket;
}

function ownDomain(stack: Stack, { domain, certificateArn }: Deployment): Partial<DistributionProps> {
  if (!domain || !certificateArn) return {};
  const certificate = Certificate.fromCertificateArn(stack, "Certificate", certificateArn);
  return {
    domainNames: [domain],
    certificate,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}

function createClientPageFunction(
  stack: Stack,
  { names, deployment }: StackSettings,
  clientDirectory: string,
): EdgeFunction {
  const headers = pageHeaders(issuerOrigins(names), imageOriginsOf(sellerOf(deployment)));
  return new EdgeFunction(stack, "ClientPage", {
    code: FunctionCode.fromInline(writeClientPageFunction(clientDirectory, headers)),
    runtime: FunctionRuntime.JS_2_0,
  });
}

/**
 * For how long, the answer says itself. CloudFront compresses by such a policy alone: those of AWS that keep nothing do not have
 * it compress either.
 * @param query what of it makes another answer; nothing else of a request does
 */
const createCachePolicy = (stack: Stack, id: string, name: string, query: string[] = []) =>
  new CachePolicy(stack, id, {
    cachePolicyName: name,
    queryStringBehavior:
      query.length > 0 ? CacheQueryStringBehavior.allowList(...query) : CacheQueryStringBehavior.none(),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(1),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });

function acknowledgeSite(distribution: Distribution, bucket: IBucket, { domain, waf }: Deployment): void {
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "The bucket holds the public client build and is read by CloudFront alone.",
  });
  Validations.of(distribution).acknowledge(
    { id: "AwsSolutions-CFR1", reason: "Courses are sold everywhere." },
    {
      id: "AwsSolutions-CFR3",
      reason:
        "The HTTP API logs every request that matters; page views of static files are not worth storing addresses for.",
    },
  );
  if (waf === "off") {
    Validations.of(distribution).acknowledge({
      id: "AwsSolutions-CFR2",
      reason:
        "Routes are throttled by the HTTP API; a web ACL, which costs more per month than all else, is there to be asked for.",
    });
  }
  if (domain) return;
  Validations.of(distribution).acknowledge({
    id: "AwsSolutions-CFR4",
    reason:
      "Without a domain of its own the site has CloudFront's certificate, whose TLS versions CloudFront decides.",
  });
}
