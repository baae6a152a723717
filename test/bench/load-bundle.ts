/** Loads a handler's bundle in the bench's own process, with an environment of the bench's choice. */
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { credentialsOf } from "#test/support/run-npm-command.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface HandlerEnvironment {
  awsUrl: string;
  stripeUrl?: string;
  /** Of a running stack. */
  accessKey?: AccessKey;
}

export function setHandlerEnvironment(place: HandlerEnvironment): void {
  Object.assign(process.env, handlerEnvironmentOf(place));
}

export function handlerEnvironmentOf({ awsUrl, stripeUrl, accessKey = TEST_ACCESS_KEY }: HandlerEnvironment) {
  return {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: "us-east-1",
    ...credentialsOf(accessKey),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    EDUCATION_TABLE_NAME: "bursar-education",
    STATE_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment",
    DEPLOYMENT_NAME: "bursar",
    OVERFLOW_QUEUE_URL: `${awsUrl}/000000000000/bursar-webhook-queue`,
    STRIPE_SECRET_ID: "learnermax/stripe",
    SIGNING_SECRET_ID: "learnermax/signing-secret",
    CLIENT_URL: "http://localhost:3000",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
    ...(stripeUrl && { STRIPE_API_BASE: stripeUrl }),
  };
}

/**
 * Bundled as it is deployed. Each call loads it anew, as another Lambda instance would.
 * @param entry below `handlers/`, e.g. `webhook.ts`
 */
export async function loadHandler<Handler>(entry: string, directory: string): Promise<Handler> {
  const bundle = path.join(directory, `${path.basename(entry, ".ts")}-${loads++}`);
  bundleHandler(entry, bundle);
  const module = (await import(pathToFileURL(path.join(bundle, "index.mjs")).href)) as { handler: Handler };
  return module.handler;
}
let loads = 0;

/** The least that a function which starts executions has to load, in one file, as esbuild and the CDK make it. */
export function bundleBareHandler(directory: string): void {
  buildSync({
    stdin: { contents: BARE_HANDLER, resolveDir: root, loader: "ts" },
    outfile: path.join(directory, "index.mjs"),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  });
}

const BARE_HANDLER = `
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
const client = new SFNClient({});
export const handler = (input: string) => client.send(new StartExecutionCommand({ stateMachineArn: "arn", input }));
`;
