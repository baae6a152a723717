/** Makes everything that a deployment uploads: the client's build, the functions' bundles and the templates. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, Validations } from "aws-cdk-lib";
import type { CloudAssembly } from "aws-cdk-lib/cx-api";
import { buildClient } from "../deployment/build-client.ts";
import { createApp } from "./app.ts";
import type { Deployment } from "./deployment-context.ts";
import { emptyOutput } from "./empty-output.ts";

export const ASSEMBLY_DIRECTORY = fileURLToPath(new URL("../../cdk.out", import.meta.url));

export interface Synthesis {
  /** The cloud assembly that `cdk --app` takes. */
  directory: string;
  stacks: { name: string; resources: number }[];
  functions: { name: string; handler: string; bundle: string; bytes: number }[];
  /** Rules of cdk-nag and the CDK that are knowingly not followed. */
  acknowledgements: { rule: string; reason: string; construct: string }[];
}

export interface SynthesisOptions {
  directory?: string;
  /** Told what is being done, in words for people. */
  announce?: (step: string) => void;
}

/** @throws Error when the client does not build, or a rule is broken; what is wrong was then printed to stderr */
export async function synthesise(
  deployment: Deployment,
  { directory = ASSEMBLY_DIRECTORY, announce = () => {} }: SynthesisOptions = {},
): Promise<Synthesis> {
  await emptyOutput(directory);
  const clientDirectory = join(directory, "client");
  announce("Building the client");
  await buildClient(clientDirectory);
  announce("Bundling the functions");
  const app = createApp({ deployment, outdir: directory, clientDirectory });
  announce("Checking the templates");
  const assembly = app.synth();
  return {
    directory,
    stacks: assembly.stacks.map(({ stackName, template }) => ({
      name: stackName,
      resources: Object.keys(template.Resources).length,
    })),
    functions: await listFunctions(assembly),
    acknowledgements: listAcknowledgements(app),
  };
}

/** Our own functions, with all that a cold start may load; those that the CDK brings along have no `index.mjs`. */
async function listFunctions({ directory, stacks }: CloudAssembly): Promise<Synthesis["functions"]> {
  const resources = stacks.flatMap(({ template }) =>
    Object.values(template.Resources as Record<string, CfnFunction>),
  );
  const functions = resources.filter(({ Type }) => Type === "AWS::Lambda::Function");
  const listed = await Promise.all(
    functions.map(async ({ Properties: { FunctionName: name, Handler: handler, Code } }) => {
      const asset = join(directory, `asset.${Code.S3Key?.replace(".zip", "")}`);
      const files = await readdir(asset).catch((): string[] => []);
      if (!name || !files.includes("index.mjs")) return [];
      const sizes = await Promise.all(files.map(async (file) => (await stat(join(asset, file))).size));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      return [{ name, handler, bundle: join(asset, "index.mjs"), bytes }];
    }),
  );
  return listed.flat();
}

interface CfnFunction {
  Type: string;
  Properties: { FunctionName?: string; Handler: string; Code: { S3Key?: string } };
}

function listAcknowledgements(app: App): Synthesis["acknowledgements"] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => ({ rule, reason, construct: node.path })),
  );
}
