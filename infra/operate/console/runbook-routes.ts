/** `/api/runbook/<section>`: what the runbook says, by the slug that alarms link. */
import { readFile } from "node:fs/promises";
import type { Router } from "express";
import type { RunbookSection } from "./contract.ts";
import { Refusal } from "./refusal.ts";

const RUNBOOK = new URL("../runbook.md", import.meta.url);

export function addRunbookRoutes(router: Router): void {
  router.get("/runbook/:section", async (request, response) => {
    const sections = readSections(await readFile(RUNBOOK, "utf8"));
    const found = sections.find(({ title }) => slugOf(title) === request.params.section);
    if (!found) throw new Refusal(404, "The runbook has no such section.");
    response.json(found);
  });
}

function readSections(markdown: string): RunbookSection[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return { title, text: lines.join("\n").trim() };
    });
}

/** As alarms have it. */
const slugOf = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
