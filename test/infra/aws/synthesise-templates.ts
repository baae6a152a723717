/** The templates of a deployment, as CloudFormation would get them but for the functions' bundles. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createApp } from "#infra/aws/app.ts";
import { readDeployment } from "#infra/aws/deployment-context.ts";

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  DependsOn?: string[];
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

/**
 * @param directory gets what is uploaded beside the templates
 * @param context as after `-c`
 * @returns them by the stack's name
 */
export function synthesiseTemplates(directory: string, context: string[]): Record<string, Template> {
  const clientDirectory = path.join(directory, "client");
  mkdirSync(path.join(clientDirectory, "assets"), { recursive: true });
  writeFileSync(path.join(clientDirectory, "index.html"), "<!doctype html><title>Bursar</title>");
  const app = createApp({
    deployment: readDeployment(context),
    outdir: directory,
    clientDirectory,
    templatesOnly: true,
  });
  return Object.fromEntries(
    app.synth().stacks.map(({ stackName, template }) => [stackName, template as Template]),
  );
}
