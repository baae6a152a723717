/** `npm run screenshots`: buys courses in the running client, and makes the documents' pictures of it and of the console. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { print } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";

const PICTURES = fileURLToPath(new URL("../../../.github/pictures", import.meta.url));

const program = new Command("npm run screenshots --")
  .description("Makes the pictures of the client and the console, on stacks of their own. Needs Chromium.")
  .option("-o, --output <folder>", "where to, instead of .github/pictures", PICTURES);

await runCommand(program, async ({ output }: { output: string }) => {
  // Loaded late, so that help comes at once.
  const { takeClientPictures } = await import("../take-client-pictures.ts");
  const { takeConsolePictures } = await import("../take-console-pictures.ts");
  await mkdir(output, { recursive: true });
  for (const take of [takeClientPictures, takeConsolePictures]) print((await take(output)).join("\n"));
});
