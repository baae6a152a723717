/** Bundles a handler as the deployment does, and loads it with an environment of the bench's choice. */
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BuildOptions, build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** @param entry below the project's root, e.g. `handlers/webhook.ts` */
export async function bundleHandler(entry: string, directory: string): Promise<string> {
  const outfile = path.join(directory, `${path.basename(entry, ".ts")}.mjs`);
  await build({ ...OPTIONS, entryPoints: [entry], outfile });
  return outfile;
}

/** The least that a function which starts executions has to load. */
export async function bundleBareHandler(directory: string): Promise<string> {
  const outfile = path.join(directory, "bare.mjs");
  await build({ ...OPTIONS, stdin: { contents: BARE_HANDLER, resolveDir: root, loader: "ts" }, outfile });
  return outfile;
}

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: "node",
  format: "esm",
  target: "node20",
  mainFields: ["module", "main"],
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  logLevel: "error",
} satisfies BuildOptions;

const BARE_HANDLER = `
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
const client = new SFNClient({});
export const handler = (input: string) => client.send(new StartExecutionCommand({ stateMachineArn: "arn", input }));
`;

export interface HandlerEnvironment {
  awsUrl: string;
  stripeUrl?: string;
}

export function setHandlerEnvironment({ awsUrl, stripeUrl }: HandlerEnvironment): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    EDUCATION_TABLE_NAME: "bursar-education",
    STATE_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment",
    WEBHOOK_QUEUE_URL: `${awsUrl}/000000000000/bursar-webhook-queue`,
    STRIPE_SECRET_ID: "learnermax/stripe",
    CLIENT_URL: "http://localhost:3000",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
    ...(stripeUrl && { STRIPE_API_BASE: stripeUrl }),
  });
}

/** Each call loads the module anew, as another Lambda instance would. */
export const loadBundle = async <Module>(bundle: string): Promise<Module> =>
  (await import(`${pathToFileURL(bundle).href}?${loads++}`)) as Module;
let loads = 0;
