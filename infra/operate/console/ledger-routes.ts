/** `/api/ledger`: what operators did, newest first, a page at a time. */
import type { Router } from "express";
import * as z from "zod";
import { ACTIONS } from "#workflow/ledger/actions.ts";
import type { LedgerStore } from "#workflow/ports/ledger.ts";
import { readEntries } from "../records/ledger.ts";
import type { LedgerPage } from "../records/shapes.ts";
import { readAs } from "./refusal.ts";
import { rangeOf, timeRangeSchema } from "./time-range.ts";

export interface LedgerParts {
  ledgerStore: LedgerStore;
}

const ENTRIES_PER_PAGE = 50;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const filterSchema = timeRangeSchema.extend({
  action: z.enum(ACTIONS).optional(),
  who: z.string().max(200).optional(),
  about: z.string().max(255).optional(),
  /** When the newest entry of the page was begun. */
  before: z.iso.datetime().optional(),
});

export function addLedgerRoutes(router: Router, { ledgerStore }: LedgerParts): void {
  router.get("/ledger", async (request, response) => {
    const { within, since: from, until: to, before, ...filter } = readAs(filterSchema, request.query);
    const range = rangeOf({ within, since: from, until: before ?? to });
    const until = range.until ? new Date(range.until) : new Date();
    const since = range.since ? new Date(range.since) : new Date(until.getTime() - YEAR_MS);
    const page = await readEntries({ since, until, ...filter }, ledgerStore, ENTRIES_PER_PAGE);
    response.json(page satisfies LedgerPage);
  });
}
