/**
 * Fills a database in the directory of its first argument until a write is refused, and prints what was said of it. Of the
 * files that the process may open it leaves so many as the second argument says.
 */
import { closeSync, openSync } from "node:fs";
import { openDatabase } from "#infra/local/storage/database.ts";

const words = (error: unknown) => String(error instanceof Error ? error.message : error);

async function fill(directory: string): Promise<string[]> {
  const database = await openDatabase(directory);
  for (let index = 0; ; index += 1) {
    const refusal = await database.put(`key-${index}`, "x".repeat(10_000)).then(() => undefined, words);
    if (!refusal) continue;
    const again = await database.put("small", 1).then(() => "stored", words);
    const last = await database.get(`key-${index - 1}`);
    return [refusal, again, `the last that was stored has ${String(last).length} characters`];
  }
}

function openAllBut(left: number): void {
  const opened: number[] = [];
  try {
    for (;;) opened.push(openSync("/dev/null", "r"));
  } catch {
    for (const descriptor of opened.slice(0, left)) closeSync(descriptor);
  }
}

if (process.argv[3]) openAllBut(Number(process.argv[3]));
const said = await fill(process.argv[2] ?? "").catch((error: unknown) => [words(error)]);
process.stdout.write(said.join("\n"));
