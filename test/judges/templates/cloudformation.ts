/** The templates of every deployment, before cfn-lint: AWS's own schemas and rules for what CloudFormation would refuse. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeEveryDeployment, REGIONS } from "#test/infra/aws/every-deployment.ts";
import type { Template } from "#test/infra/aws/synthesise-templates.ts";
import { installPython } from "../tools/python.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";

/** Beside those of the tests, since what there is differs between regions. */
const MORE_REGIONS = ["eu-central-1", "sa-east-1", "us-west-2"];

interface Finding {
  Filename: string;
  Level: string;
  Location: { Path: (string | number)[] };
  Message: string;
  Rule: { Id: string };
}

export async function judgeCloudFormation(announce: (step: string) => void): Promise<Verdict> {
  announce("Synthesising every deployment");
  const templates = listTemplates();
  const bin = await installPython();
  announce(`Linting ${templates.size} templates`);
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-lint-"));
  try {
    const files = await Promise.all(
      [...templates].map(async ([text, name]) => {
        const file = path.join(directory, `${name}.json`);
        await writeFile(file, text);
        return file;
      }),
    );
    const findings = await lint(path.join(bin, "cfn-lint"), files);
    const found = new Set(findings.map(resourceOf));
    const differences = findings.map(describeFinding);
    return { ...emptyVerdict("CloudFormation"), equal: countResources(templates) - found.size, differences };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** By its text, since most contexts change few stacks: the first deployment that has it, and the stack. */
function listTemplates(): Map<string, string> {
  const templates = new Map<string, string>();
  for (const { stage, context, templates: stacks } of makeEveryDeployment()) {
    for (const [stack, template] of Object.entries(stacks)) {
      const text = JSON.stringify(template, null, 1);
      if (!templates.has(text)) templates.set(text, `${stage} ${context} ${stack}`);
    }
  }
  return templates;
}

const countResources = (templates: Map<string, string>): number =>
  [...templates.keys()]
    .map((text) => Object.keys((JSON.parse(text) as Template).Resources).length)
    .reduce((sum, resources) => sum + resources, 0);

const resourceOf = ({ Filename, Location: { Path } }: Finding) => [Filename, ...Path.slice(0, 2)].join(" ");

/** @throws Error with what cfn-lint says when it could not lint */
function lint(program: string, files: string[]): Promise<Finding[]> {
  const regions = ["--regions", ...REGIONS, ...MORE_REGIONS];
  // Among them what is only for information; but how the CDK joins texts is a matter of taste.
  const checks = ["--include-checks", "I", "--ignore-checks", "I1022"];
  const words = [...regions, ...checks, "--format", "json", "--", ...files];
  return new Promise((resolve, reject) => {
    // It exits with the sum of what it has found.
    execFile(program, words, { maxBuffer: 2 ** 28 }, (_error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Finding[]);
      } catch {
        reject(new Error(`cfn-lint could not lint. It said: ${stderr.slice(-2000)}`));
      }
    });
  });
}

function describeFinding({ Filename, Level, Location, Message, Rule }: Finding) {
  const place = `${path.basename(Filename, ".json")}: ${Location.Path.join(".")}`;
  const onWhat = /^'\w*Role[0-9A-F]{8}' dependency/.test(Message) ? " on a role" : "";
  return { what: `${Rule.Id} ${place}${onWhat}`, theirs: `${Level}: ${Message}`, ours: "in the template" };
}
