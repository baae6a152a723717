/** The state machine's definition as CloudFormation makes it of the uploaded file and the template. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Resource } from "./synthesise-templates.ts";

export interface DeployedDefinition {
  StartAt: string;
  States: Record<string, { Type: string; Retry?: unknown; Catch?: unknown; Next?: string }>;
}

/**
 * @param directory of the synthesised assembly
 * @returns it with values of the shape that AWS would fill in
 */
export function readDeployedDefinition(directory: string, { Properties }: Resource): DeployedDefinition {
  const { Key } = Properties["DefinitionS3Location"] as { Key: string };
  const substitutions = Object.keys(Properties["DefinitionSubstitutions"] as object);
  const text = readFileSync(path.join(directory, `asset.${Key}`), "utf8");
  const values = Object.fromEntries(
    substitutions.map((name) => [
      name,
      name.endsWith("Arn")
        ? `arn:aws:lambda:us-east-1:123456789012:function:${name}`
        : "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
    ]),
  );
  return JSON.parse(
    text.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder),
  ) as DeployedDefinition;
}
