/** `/api/runbook` and `/api/runbook/<section>`: what the runbook says, by the slug that alarms link. */
import { readFile } from "node:fs/promises";
import type { Router } from "express";
import type { RunbookSection } from "./contract.ts";
import { Refusal } from "./refusal.ts";
import { renderMarkdown } from "./render-markdown.ts";

const RUNBOOK = new URL("../runbook.md", import.meta.url);

export function addRunbookRoutes(router: Router): void {
  router.get("/runbook", async (_request, response) => {
    const [beginning, ...sections] = await readSections();
    const { title, text } = beginning ?? { title: "", text: "" };
    const listed = sections.map((section) => ({ slug: slugOf(section.title), title: section.title }));
    response.json({ title, nodes: renderMarkdown(text, linkTo), sections: listed } satisfies RunbookSection);
  });

  router.get("/runbook/:section", async (request, response) => {
    const found = (await readSections()).find(({ title }) => slugOf(title) === request.params.section);
    if (!found) throw new Refusal(404, "The runbook has no such section.");
    const { title, text } = found;
    response.json({ title, nodes: renderMarkdown(text, linkTo) } satisfies RunbookSection);
  });
}

/** The first is what stands before all sections. */
async function readSections(): Promise<{ title: string; text: string }[]> {
  const [beginning = "", ...sections] = (await readFile(RUNBOOK, "utf8")).split(/^## /m);
  return [beginning.replace(/^# /, ""), ...sections].map((section) => {
    const [title = "", ...lines] = section.split("\n");
    return { title, text: lines.join("\n").trim() };
  });
}

/** Other files are beside the sources, and not here. */
const linkTo = (href: string) => (href.startsWith("#") ? `/runbook/${href.slice(1)}` : undefined);

/** As alarms have it. */
const slugOf = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
