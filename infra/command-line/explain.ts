/** Says what went wrong in one sentence, and from where only to who asks for it. */
import { printAside } from "./print.ts";
import { sentenceFor } from "./sentence-for.ts";

export function explain(error: unknown): void {
  printAside(`\n${sentenceFor(error)}`);
  if (process.env["BURSAR_DEBUG"] && error instanceof Error) printAside(error.stack ?? "");
}
