/** `npm run ops -- find <id>`: what `npm run find -- <id>` does, by the name that it had first. */
import { Argument } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
import { createFindCommand, type FindOptions, findPurchase } from "./find-purchase.ts";

const find = new Argument("<action>", "what to do").choices(["find"]);

await runCommand(createFindCommand("npm run ops --", find), (options: FindOptions, _action = "", id = "") =>
  findPurchase(options, id),
);
