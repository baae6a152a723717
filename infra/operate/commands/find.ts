/** `npm run find -- <id>`: the dossier of a purchase, from any id that somebody has in their hand. */
import { createFindCommand, findPurchase } from "./find-purchase.ts";
import { runOperatorCommand } from "./operator-options.ts";

await runOperatorCommand(createFindCommand("npm run find --"), findPurchase);
