/** `npm run find -- <id>`: the dossier of a purchase, from any id that somebody has in their hand. */
import { runCommand } from "#infra/command-line/run-command.ts";
import { createFindCommand, findPurchase } from "./find-purchase.ts";

await runCommand(createFindCommand("npm run find --"), findPurchase);
