/** The table, with courses and students if it is new. */
import { seedTable } from "../seed.ts";
import { awsOf, type StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const table = (place: StackPlace): Part<void> => ({
  announcement: "Table and courses",
  start: () => seedTable(awsOf(place)),
});
