/** The table, with courses and students if it is new. */
import { seedTable } from "../seed.ts";
import type { StackUrls } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const table = ({ awsUrl }: StackUrls): Part<void> => ({
  announcement: "Table and courses",
  start: () => seedTable(awsUrl),
});
