/** Ways to read what is in a template. */
import type { Resource } from "./synthesise-templates.ts";

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
      // What is told in CloudFormation's own words stands in its stack without a hash.
      const [, name, attribute] =
        /^(.+?)[0-9A-F]{8}(.*)$/.exec(exported) ?? /^(.+?)(Arn)?$/.exec(exported) ?? [];
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

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
}

export const statementsOf = ({ Properties }: Resource) =>
  (Properties["PolicyDocument"] as { Statement: Statement[] }).Statement;

export const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
