/** The ledger for people: what operators did, newest first. */
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { renderTable } from "#infra/command-line/table.ts";
import type { Action } from "#workflow/ledger/actions.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";
import { openLedger } from "../acts/open-ledger.ts";
import { readEntries } from "../records/ledger.ts";
import { chooseDeployment } from "../settings.ts";
import { type OperatorOptions, readAge } from "./operator-options.ts";

export interface LedgerOptions extends OperatorOptions {
  since?: Date;
  action?: Action;
  who?: string;
  json?: boolean;
}

/** @param id empty: of everything */
export async function showLedger(options: LedgerOptions, id: string): Promise<void> {
  const { names, environment } = chooseDeployment(options);
  const { store } = openLedger(names.table, "command", environment.AWS_ENDPOINT_URL);
  const { since = readAge("30d"), action, who, json } = options;
  const filter = { since, until: new Date(), action, who, about: id || undefined };
  const { entries } = await showProgress("Reading the ledger", json, async () => readEntries(filter, store));
  if (json) printJson({ entries });
  else print(describeEntries(entries));
}

function describeEntries(entries: LedgerEntry[]): string {
  if (entries.length === 0) return "\nNothing was done.";
  const rows = entries.map(({ at, by, action, about, reason, outcome }) => [
    at,
    by,
    action,
    about.join("\n"),
    reason,
    outcome ? `${outcome.isDone ? "" : "not done: "}${outcome.text}` : "begun; nobody has said how it ended",
  ]);
  const head = ["When", "Who", "What", "About", "Why", "Came of it"];
  return `\n${renderTable(rows, { head, colWidths: [26, 22, 10, 30, 30, 30] })}`;
}
