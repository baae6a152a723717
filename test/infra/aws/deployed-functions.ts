/** Every function of ours that the templates deploy: its file, its time, its role's statements, and its bundle. */
import path from "node:path";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import { asList, readable, type Statement, statementsOf } from "./read-template.ts";
import type { Template } from "./synthesise-templates.ts";

export interface FunctionInTemplate {
  name: string;
  /** Below `handlers/`. */
  entry: string;
  /** `index.<export>` */
  handler: string;
  timeoutSeconds: number;
  statements: Statement[];
}

interface FunctionProperties {
  FunctionName?: string;
  Handler: string;
  Timeout: number;
  Role: unknown;
  Code: { ZipFile?: string };
}

/** @param templates without bundles. Functions that the CDK brings along are not of ours */
export function listFunctions(templates: Record<string, Template>): FunctionInTemplate[] {
  const resources = Object.values(templates).flatMap((template) => Object.values(template.Resources));
  const policies = resources.filter(({ Type }) => Type === "AWS::IAM::Policy");
  return resources.flatMap(({ Type, Properties }) => {
    if (Type !== "AWS::Lambda::Function") return [];
    const { FunctionName: name, Handler, Timeout, Role, Code } = Properties as unknown as FunctionProperties;
    const [, entry] = /^\/\/ handlers\/(\S+\.ts)/.exec(Code.ZipFile ?? "") ?? [];
    if (!name || !entry) return [];
    const role = readable(Role).replace(/\.Arn\}$/, "}");
    const statements = policies
      .filter((policy) => asList(policy.Properties["Roles"]).map(readable).includes(role))
      .flatMap(statementsOf);
    return [{ name, entry, handler: Handler, timeoutSeconds: Timeout, statements }];
  });
}

/** @param directory gets a bundle for each file. @returns the bundle of each file */
export function bundleEntries(directory: string, functions: FunctionInTemplate[]): Map<string, string> {
  const bundles = new Map<string, string>();
  for (const { entry } of functions) {
    if (bundles.has(entry)) continue;
    const place = path.join(directory, path.basename(entry, ".ts"));
    bundleHandler(entry, place);
    bundles.set(entry, path.join(place, "index.mjs"));
  }
  return bundles;
}
