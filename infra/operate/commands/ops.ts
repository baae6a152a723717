/** `npm run ops -- <action> <id>`: finds a purchase, and carries out what a person decides about it. */
import { Argument, Command, Option } from "commander";
import { explainExitCodes } from "#infra/command-line/exit-codes.ts";
import type { WantedDecision } from "#workflow/decide/decide.ts";
import { ACTIONS } from "#workflow/ledger/actions.ts";
import { type DecideOptions, decidePurchase } from "./decide.ts";
import { findPurchase } from "./find-purchase.ts";
import { type LedgerOptions, showLedger } from "./ledger.ts";
import {
  addOperatorOptions,
  addReasonOption,
  readAge,
  requireReason,
  runOperatorCommand,
} from "./operator-options.ts";
import { eraseStudent, exportStudent } from "./personal-data.ts";

const DECISIONS: Record<string, WantedDecision["kind"]> = {
  withdraw: "withdrawn",
  transfer: "transferred",
  waive: "waived",
};

const program = explainExitCodes(
  addReasonOption(
    addOperatorOptions(
      new Command("npm run ops --")
        .description(
          `find:     the dossier of a purchase, as npm run find shows it.
withdraw: takes the student's place in the course back; it does not come back by the same payment.
transfer: gives the place to another student (--to).
waive:    leaves everything as it is, although something is odd: a refund out of goodwill, say.
export:   a copy of everything that is held of a student, as JSON.
erase:    takes a student out of everything; what was paid for is kept under a random name.
ledger:   what operators did, by command and console: who, when, why, and what came of it.
A decision is shown first and made with --yes; it is kept on the purchase with its reason, who made it and when.`,
        )
        .addArgument(
          new Argument("<action>", "what to do").choices([
            "find",
            ...Object.keys(DECISIONS),
            "export",
            "erase",
            "ledger",
          ]),
        )
        .argument(
          "[id]",
          "an e-mail address, user id, cs_..., pi_..., cus_..., evt_..., order number, course id or execution",
        )
        .option("--to <e-mail>", "with transfer: the student who is to have the place")
        .option("--by <name>", "who decides, instead of whom the ledger names")
        .option("--since <age>", "with ledger: how far back, 30d when it is not said", readAge)
        .addOption(new Option("--action <action>", "with ledger: only these").choices(ACTIONS))
        .option("--who <name>", "with ledger: only of whom this is a part of the name")
        .option("--dry-run", "show what would be done; what happens without --yes")
        .option("--yes", "do it")
        .option("--json", "print one line of JSON"),
    ),
    "with a decision and erase: ",
  ),
  "with find, export and erase: nothing is known by that id",
);

type Options = DecideOptions & LedgerOptions & { dryRun?: boolean };

await runOperatorCommand(program, async (options: Options, action = "", id = "") => {
  if (action === "ledger") return showLedger(options, id);
  if (!id) program.error("Say which: an id is missing.");
  if (action === "find") return findPurchase(options, id);
  if (action === "export") return exportStudent(options, id);
  const kind = DECISIONS[action];
  if (kind === "transferred" && !options.to) program.error("Say who is to have it: --to <e-mail>.");
  requireReason(program, options.because);
  const confirmed = { ...options, yes: options.yes === true && !options.dryRun };
  await (kind ? decidePurchase(kind, confirmed, id) : eraseStudent(confirmed, id));
});
