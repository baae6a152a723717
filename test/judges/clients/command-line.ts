/** AWS's command line, with the commands and the key that the README of the local deployment names. */
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { OwnStack } from "#infra/local/own-stack.ts";
import { CREDENTIALS_FILE, formatCredentials } from "#infra/one-machine/access-key.ts";
import { runProgram } from "../tools/run-program.ts";
import type { Difference, Verdict } from "../verdict.ts";

const README = fileURLToPath(new URL("../../../infra/local/README.md", import.meta.url));

/** Where the README says that the endpoint is. */
const USUAL_URL = "http://localhost:4566";

export async function judgeCommandLine(
  programs: string,
  { awsUrl, accessKey }: OwnStack,
): Promise<Pick<Verdict, "equal" | "differences">> {
  const { settings, commands } = readCommands();
  const home = await mkdtemp(path.join(tmpdir(), "bursar-command-line-"));
  try {
    await mkdir(path.join(home, ".bursar"));
    await writeFile(path.join(home, ".bursar", CREDENTIALS_FILE), formatCredentials(accessKey));
    const differences: Difference[] = [];
    for (const command of commands) {
      const script = [settings, command].join("\n").replaceAll(USUAL_URL, awsUrl);
      const env = { PATH: `${programs}:${process.env["PATH"] ?? ""}`, HOME: home };
      const answer = await runProgram("bash", ["-euc", script], { env, cwd: home }).catch(String);
      if (!isAnswer(answer)) differences.push({ what: command, theirs: "an answer in JSON", ours: answer });
    }
    return { equal: commands.length - differences.length, differences };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** @returns the lines of the README that set the command line up, and each command */
function readCommands(): { settings: string; commands: string[] } {
  const blocks = readFileSync(README, "utf8").split("```");
  const block = blocks.find((text) => text.startsWith("sh\nexport AWS_ENDPOINT_URL")) ?? "";
  const lines = block.replaceAll("\\\n", " ").split("\n").slice(1).filter(Boolean);
  const isCommand = (line: string) => line.startsWith("aws ");
  return { settings: lines.filter((line) => !isCommand(line)).join("\n"), commands: lines.filter(isCommand) };
}

function isAnswer(text: string): boolean {
  try {
    // A queue without messages is answered with nothing.
    return text === "" || typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
