/** `npm run dev` in a copy of the sources, which a test may change. */
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { spawnCommand } from "./run-npm-command.ts";
import {
  createStackPlace,
  environmentOf,
  followStart,
  type RunningStack,
  removeStackPlace,
} from "./running-stack.ts";
import { copySources } from "./source-copy.ts";

interface LiveStack extends RunningStack {
  /** Of the copy. */
  root: string;
  /** @returns what the terminal shows beside the output, so far */
  said(): string;
}

/** @returns what is filled before the first test; one for all tests of a file */
export function useLiveStack(): LiveStack {
  const live = {} as LiveStack;
  let removed = async () => {};

  beforeAll(async () => {
    const root = await copySources();
    const place = await createStackPlace();
    removed = () => removeStackPlace(place);
    const file = path.join(root, "infra/local/commands/dev.ts");
    const child = spawnCommand(file, ["--json"], { cwd: root, env: environmentOf(place) });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    Object.assign(live, await followStart(child, place), { root, said: () => said });
  });

  afterAll(async () => {
    await live.stop?.();
    await removed();
  });

  return live;
}
