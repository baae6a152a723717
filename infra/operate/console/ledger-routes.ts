/** `/api/ledger`: what operators did, newest first, a page at a time. */
import type { Router } from "express";
import * as z from "zod";
import { ACTIONS } from "#workflow/ledger/actions.ts";
import type { LedgerStore } from "#workflow/ports/ledger.ts";
import { readEntries } from "../records/ledger.ts";
import type { LedgerPage } from "../records/shapes.ts";
import { readAs } from "./refusal.ts";

export interface LedgerParts {
  ledgerStore: LedgerStore;
}

const ENTRIES_PER_PAGE = 50;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const filterSchema = z.object({
  action: z.enum(ACTIONS).optional(),
  who: z.string().max(200).optional(),
  about: z.string().max(255).optional(),
  until: z.iso.datetime().optional(),
});

export function addLedgerRoutes(router: Router, { ledgerStore }: LedgerParts): void {
  router.get("/ledger", async (request, response) => {
    const { until: newest, ...filter } = readAs(filterSchema, request.query);
    const until = newest ? new Date(newest) : new Date();
    const since = new Date(until.getTime() - YEAR_MS);
    const page = await readEntries({ since, until, ...filter }, ledgerStore, ENTRIES_PER_PAGE);
    response.json(page satisfies LedgerPage);
  });
}
