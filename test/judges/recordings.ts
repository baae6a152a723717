/** What the real AWS answered, recorded by others. It is read where it lies and is no part of this project. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Beside the project. */
export const RECORDINGS_DIR = fileURLToPath(new URL("../../../shared/judges/aws-recorded/", import.meta.url));

export const areRecordingsHere = () => existsSync(RECORDINGS_DIR);

interface Snapshot {
  [test: string]: { "recorded-content": unknown };
}

/**
 * @param name below `recordings/`, without its ending, e.g. `v2/choice_operators/test_numeric`
 * @returns what was recorded, by the name of the test that recorded it
 */
export function readRecording<Content>(name: string): [test: string, content: Content][] {
  const text = readFileSync(`${RECORDINGS_DIR}recordings/${name}.snapshot.json`, "utf8");
  return Object.entries(JSON.parse(text) as Snapshot).map(([test, { "recorded-content": content }]) => [
    test.split("::").at(-1) ?? test,
    content as Content,
  ]);
}
