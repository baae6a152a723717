/** The CDK app: one deployment as stacks, cut by how they change. */
import { App, Validations } from "aws-cdk-lib";
import featureFlags from "aws-cdk-lib/recommended-feature-flags.json" with { type: "json" };
import { AwsSolutionsChecks } from "cdk-nag";
import { nameParts, PRODUCTION } from "../deployment/names.ts";
import type { Deployment } from "./deployment-context.ts";
import { createApiStack } from "./stacks/api.ts";
import { createClientStack } from "./stacks/client.ts";
import { createDataStack } from "./stacks/data.ts";
import { createIdentityStack } from "./stacks/identity.ts";
import { createOperationsStack } from "./stacks/operations.ts";
import type { StackSettings } from "./stacks/settings.ts";
import { createSiteStack } from "./stacks/site.ts";
import { createWorkflowStack } from "./stacks/workflow.ts";

export interface AppOptions {
  deployment: Deployment;
  /** Where the assembly is written. */
  outdir: string;
  /** What `vite build` wrote. */
  clientDirectory: string;
  /** True leaves the functions' bundles empty and checks no rules: much faster, and not to be deployed. */
  templatesOnly?: boolean;
}

/** The caller synthesises: `app.synth()` throws when a rule of cdk-nag or of the CDK itself is broken. */
export function createApp({ deployment, outdir, clientDirectory, templatesOnly = false }: AppOptions): App {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: {
      ...featureFlags,
      // An export that is in use keeps its stack from being deleted or changed under the stack that uses it.
      "@aws-cdk/core:defaultCrossStackReferences": "strong",
      ...(templatesOnly && {
        "aws:cdk:bundling-stacks": [],
        "@aws-cdk/core:validateAgainstDefaultRules": false,
      }),
    },
  });
  if (!templatesOnly) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const settings: StackSettings = {
    app,
    deployment,
    names: nameParts(deployment.stage),
    keepsData: deployment.stage === PRODUCTION,
  };
  const { table } = createDataStack(settings);
  const site = createSiteStack(settings, clientDirectory);
  const { issuer, triggers } = createIdentityStack(settings, site.clientUrl);
  const workflow = createWorkflowStack(settings, table);
  const { webhook, accessLog, functions } = createApiStack(settings, {
    stateMachine: workflow.stateMachine,
    liveArn: workflow.liveArn,
    overflowQueue: workflow.queues.overflowQueue,
    table,
    issuer,
    clientUrl: site.clientUrl,
    httpApiId: site.httpApi.apiId,
  });
  createClientStack(settings, { ...site, issuer, directory: clientDirectory });
  createOperationsStack(settings, {
    ...workflow,
    table,
    webhook,
    accessLog,
    functions: { ...workflow.functions, ...functions, ...triggers },
  });
  return app;
}
