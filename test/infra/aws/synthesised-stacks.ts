/** The templates of a deployment, as CloudFormation would get them, and ways to read them. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
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

interface SynthesisedStacks {
  directory: string;
  /** By the stack's name. */
  templates: Record<string, Template>;
  /** By the stack's name: its resources, by logical id. */
  stacks: Record<string, Record<string, Resource>>;
  /** Resources of a type, in all stacks. */
  ofType: (type: string) => Resource[];
  /** The only resource of a type in a stack. */
  only: (stackName: string, type: string) => Resource;
}

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** @param context as after `-c` */
export function synthesiseStacks(...context: string[]): SynthesisedStacks {
  const directory = mkdtempSync(path.join(tmpdir(), "bursar-templates-"));
  directories.push(directory);
  const clientDirectory = path.join(directory, "client");
  mkdirSync(path.join(clientDirectory, "assets"), { recursive: true });
  const app = createApp({
    deployment: readDeployment(context),
    outdir: directory,
    clientDirectory,
    templatesOnly: true,
  });
  const templates = Object.fromEntries(
    app.synth().stacks.map(({ stackName, template }) => [stackName, template as Template]),
  );
  const stacks = Object.fromEntries(
    Object.entries(templates).map(([stackName, { Resources }]) => [stackName, Resources]),
  );
  const ofType = (type: string) =>
    Object.values(stacks)
      .flatMap((resources) => Object.values(resources))
      .filter(({ Type }) => Type === type);
  return {
    directory,
    templates,
    stacks,
    ofType,
    only(stackName, type) {
      const found = Object.values(stacks[stackName] ?? {}).filter(({ Type }) => Type === type);
      const [resource] = found;
      if (!resource || found.length > 1) throw new Error(`${stackName} has ${found.length} of ${type}`);
      return resource;
    },
  };
}

/** A value with intrinsic functions as one text: `{Enrollment}`, `{Education.Arn}/index/GSI1`, `arn:<Partition>:...` */
export function readable(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const [[intrinsic, argument] = ["", undefined]] = Object.entries(value);
  switch (intrinsic) {
    case "Ref":
      return String(argument).startsWith("AWS::")
        ? `<${String(argument).slice(5)}>`
        : `{${withoutHash(argument)}}`;
    case "Fn::GetAtt": {
      const [logicalId, attribute] = argument as [string, string];
      return `{${withoutHash(logicalId)}.${attribute}}`;
    }
    case "Fn::ImportValue": {
      const [, exported = ""] = /:ExportsOutput(?:Ref|FnGetAtt)(.+)[0-9A-F]{8}$/.exec(String(argument)) ?? [];
      const [, name, attribute] = /^(.+?)[0-9A-F]{8}(.*)$/.exec(exported) ?? [];
      return attribute ? `{${name}.${attribute}}` : `{${name}}`;
    }
    case "Fn::Join": {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(readable).join(separator);
    }
    default:
      return JSON.stringify(value);
  }
}

const withoutHash = (logicalId: unknown) => String(logicalId).replace(/[0-9A-F]{8}$/, "");

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
}

export const statementsOf = ({ Properties }: Resource) =>
  (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement;

export const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
