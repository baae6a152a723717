/** The stacks of a deployment for a test, and ways to read them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { type Resource, synthesiseTemplates, type Template } from "./synthesise-templates.ts";

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
  const templates = synthesiseTemplates(directory, context);
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
