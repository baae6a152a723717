/** `npm run openapi`: the API's description, for those who write clients. */
import { Command } from "commander";
import { describeApi } from "#handlers/openapi/document.ts";
import { printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";

const program = new Command("npm run openapi --")
  .description("Prints the OpenAPI 3.1 document of the students' API, made of the schemas that it goes by.")
  .option("--url <url>", "where the API is", "http://localhost:3000")
  .addHelpText(
    "after",
    "\nUse `npm run --silent openapi > openapi.json`: npm itself prints a line otherwise.",
  );

await runCommand(program, async ({ url }: { url: string }) => printJson(describeApi(url), 2));
