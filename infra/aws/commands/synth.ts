/** `npm run synth`: makes the templates and bundles, without an account, a network or docker. */
import { relative } from "node:path";
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { readDeployment } from "../deployment-context.ts";
import type { Synthesis } from "../synthesise.ts";
import { addContextOption, type ContextOption } from "./context-option.ts";

const program = addContextOption(new Command("npm run synth --"))
  .description("Makes what a deployment to AWS uploads, and checks it. Needs no account and no network.")
  .option("-o, --output <directory>", "where to, instead of cdk.out")
  .option("--json", "print one line of JSON with what was made");

await runCommand(program, async (options: ContextOption & { output?: string; json?: boolean }) => {
  const deployment = readDeployment(options.context);
  // Loaded late, so that help and refusals come at once.
  const { synthesise } = await import("../synthesise.ts");
  const made = await showProgress("Making the deployment", options.json, (announce) =>
    synthesise(deployment, { announce, ...(options.output && { directory: options.output }) }),
  );
  if (options.json) printJson(made);
  else print(describe(made));
});

function describe({ directory, stacks, functions, acknowledgements }: Synthesis): string {
  const width = Math.max(...[...stacks, ...functions].map(({ name }) => name.length));
  const line = (name: string, what: string) => `  ${name.padEnd(width)}  ${what}`;
  return `
Stacks
${stacks.map(({ name, resources }) => line(name, `${resources} resource${resources === 1 ? "" : "s"}`)).join("\n")}

Functions
${functions.map(({ name, bytes }) => line(name, `${Math.ceil(bytes / 1000)} kB`)).join("\n")}

${acknowledgements.length} findings of cdk-nag are acknowledged, each with a reason (--json lists them); no other is open.
The templates are in ${relative(process.cwd(), directory) || "."}. Deploy them with: npm run deploy -- --help
`;
}
