/** The client's build in the site's bucket, with what differs between deployments in `/config.json`. */
import { join } from "node:path";
import type { Stack } from "aws-cdk-lib";
import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import type { IDistribution } from "aws-cdk-lib/aws-cloudfront";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { ClientConfig } from "#workflow/client-config.ts";
import { sellerOf } from "../deployment-context.ts";
import type { Issuer } from "./identity.ts";
import { createStack, type StackSettings } from "./settings.ts";

interface ClientParts {
  /** What `vite build` wrote. */
  directory: string;
  bucket: IBucket;
  distribution: IDistribution;
  issuer: Issuer;
}

export function createClientStack(
  settings: StackSettings,
  { directory, bucket, distribution, issuer }: ClientParts,
) {
  const stack = createStack(settings, "Client", "the client's build and its configuration");
  const config: ClientConfig = {
    oidcIssuer: issuer.url,
    oidcClientId: issuer.clientId,
    oidcScope: issuer.scope,
    signOutUrl: issuer.signOutUrl,
    stripePublishableKey: settings.deployment.stripePublishableKey ?? "",
    seller: sellerOf(settings.deployment),
  };
  const shared = { destinationBucket: bucket, logGroup: createUploadLog(stack), memoryLimit: 256 };

  // Vite puts a hash of the content into these names. Old ones stay, for tabs that were opened before a deployment.
  const assets = new BucketDeployment(stack, "Assets", {
    ...shared,
    sources: [Source.asset(join(directory, "assets"))],
    destinationKeyPrefix: "assets",
    prune: false,
    cacheControl: [
      CacheControl.setPublic(),
      CacheControl.maxAge(Duration.days(365)),
      CacheControl.immutable(),
    ],
  });
  const pages = new BucketDeployment(stack, "Pages", {
    ...shared,
    sources: [Source.asset(directory, { exclude: ["assets"] }), Source.jsonData("config.json", config)],
    prune: false,
    cacheControl: [CacheControl.noCache()],
    distribution,
    distributionPaths: ["/*"],
    // CloudFront may take longer than the uploader has, and a deployment must not be rolled back for that: pages are
    // asked for again each time, and what they name has names of its own.
    waitForDistributionInvalidation: false,
  });
  // The page must not name files that are not there yet.
  pages.node.addDependency(assets);
  acknowledgeUploader(pages, bucket);
}

/** Without a fixed name: the uploader may make its log again while the stack is being deleted, in the next one's way. */
function createUploadLog(stack: Stack): LogGroup {
  return new LogGroup(stack, "UploadLog", {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** The CDK's own function does the copying. It runs during deployments only, and its role is the CDK's to write. */
function acknowledgeUploader({ handlerRole }: BucketDeployment, bucket: IBucket): void {
  const { "Fn::ImportValue": bucketArn } = handlerRole.stack.resolve(
    bucket.stack.exportValue(bucket.bucketArn),
  );
  const findings = [
    "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
    "IAM5[Action::s3:GetBucket*]",
    "IAM5[Action::s3:GetObject*]",
    "IAM5[Action::s3:List*]",
    "IAM5[Action::s3:Abort*]",
    "IAM5[Action::s3:DeleteObject*]",
    "IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
    `IAM5[Resource::${bucketArn}/*]`,
    "IAM5[Resource::*]",
  ];
  const reason = "The CDK's own uploader: it copies into the client's bucket and renews CloudFront's cache.";
  const uploader = handlerRole.node.scope ?? handlerRole;
  Validations.of(uploader).acknowledge(
    { id: "AwsSolutions-L1", reason: "The CDK chooses its own uploader's runtime." },
    ...findings.map((finding) => ({ id: `AwsSolutions-${finding}`, reason })),
  );
}
