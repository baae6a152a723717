/** `-c key=value`, which all commands that make stacks take. */
import type { Command } from "commander";
import { DEPLOYMENT_KEYS } from "../deployment-context.ts";

export interface ContextOption {
  context: string[];
}

export function addContextOption(program: Command): Command {
  const width = Math.max(...DEPLOYMENT_KEYS.map(([key]) => key.length));
  const keys = DEPLOYMENT_KEYS.map(([key, description]) => `  ${key.padEnd(width)}  ${description}`);
  return program
    .option<string[]>(
      "-c, --context <key=value>",
      "what this deployment is to be; may be given several times",
      (pair, pairs) => [...pairs, pair],
      [],
    )
    .addHelpText("after", `\nContext:\n${keys.join("\n")}`);
}
