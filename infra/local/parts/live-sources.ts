/** The sources themselves, for whoever changes them while all runs. */
import { type LiveSources, openLiveSources } from "../live-sources/live-sources.ts";
import type { Part } from "./part.ts";

export const liveSources = (): Part<LiveSources> => ({
  announcement: "Watching the sources",
  start: openLiveSources,
});
