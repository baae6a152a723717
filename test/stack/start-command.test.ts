import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findFreePorts } from "#infra/local/ports.ts";
import { hasIpv6 } from "#test/support/has-ipv6.ts";
import {
  createStackPlace,
  removeStackPlace,
  type StackPlace,
  spawnStart,
  startRunningStack,
} from "#test/support/running-stack.ts";

let place: StackPlace;

beforeEach(async () => {
  place = await createStackPlace();
});

afterEach(() => removeStackPlace(place));

/** Runs a start that is expected to end by itself. */
async function runStart(options: string[], env: Record<string, string> = {}) {
  const child = spawnStart(place, options, env);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

async function otherPortsOf(): Promise<Record<string, string>> {
  const { http, aws, stripe, signIn, console } = await findFreePorts();
  const ports = { PORT: http, AWS_PORT: aws, STRIPE_PORT: stripe, AUTH_PORT: signIn, CONSOLE_PORT: console };
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
}

const expectOneSentence = (output: string) => expect(output).not.toMatch(/\n\s+at /);

describe("npm start", () => {
  test("ends with 0 at Ctrl-C", async () => {
    const stack = await startRunningStack(place);
    await expect(stack.stop()).resolves.toBe(0);
  });

  test("refuses a live key with a sentence and starts nothing", async () => {
    const { code, output } = await runStart([], { STRIPE_SECRET_KEY: "sk_live_abc" });
    expect(code).toBe(1);
    expect(output).toMatch(/STRIPE_SECRET_KEY is a live key/);
    expect(output).not.toMatch(/sk_live_abc/);
    expectOneSentence(output);
  });

  test("names a port that is taken and how to move it", async () => {
    const occupant = createServer().listen(place.ports.aws, "127.0.0.1");
    await once(occupant, "listening");
    const { code, output } = await runStart(["--no-client"]);
    occupant.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`port ${place.ports.aws} .*AWS_PORT`));
    expectOneSentence(output);
  });

  test("says what to do when its data is damaged, and leaves the data as it was", async () => {
    const data = path.join(place.dataDir, "aws");
    await (await startRunningStack(place)).stop();
    await mkdir(data, { recursive: true });
    for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await writeFile(path.join(entry.parentPath, entry.name), "damaged");
    }
    const { code, output } = await runStart(["--no-client"]);
    expect(code).toBe(1);
    expect(output).toMatch(/npm start -- --fresh/);
    expectOneSentence(output);
  });

  test("with --fresh beside a running stack ends with 1, and the stack keeps its data", async () => {
    const stack = await startRunningStack(place);
    const before = await readdir(place.dataDir, { recursive: true });
    const samePorts = await runStart(["--no-client", "--fresh"]);
    const otherPorts = await runStart(["--no-client", "--fresh"], await otherPortsOf());
    expect(await readdir(place.dataDir, { recursive: true })).toEqual(expect.arrayContaining(before));
    await stack.stop();
    expect([samePorts.code, otherPorts.code]).toEqual([1, 1]);
    expect(samePorts.output).toMatch(/Already in use: port \d+/);
    expect(otherPorts.output).toMatch(/Another process is using the data/);
    expectOneSentence(samePorts.output + otherPorts.output);
  });

  test("with --fresh in a folder of others ends with 1, and deletes nothing", async () => {
    await writeFile(path.join(place.dataDir, "thesis.txt"), "a year of work");
    const { code, output } = await runStart(["--no-client", "--fresh"]);
    expect(code).toBe(1);
    expect(output).toMatch(/name a folder that is new or empty/);
    expectOneSentence(output);
    expect(await readdir(place.dataDir)).toEqual(["thesis.txt"]);
  });

  test.runIf(hasIpv6)("names a port that somebody has on the other loopback address", async () => {
    const occupant = createServer().listen(place.ports.aws, "::1");
    await once(occupant, "listening");
    const { code, output } = await runStart(["--no-client"]);
    occupant.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`port ${place.ports.aws} .*AWS_PORT`));
  });

  test("asked for an unknown option exits with 2", async () => {
    const { code, output } = await runStart(["--unknown"]);
    expect(code).toBe(2);
    expectOneSentence(output);
  });

  test("explains itself with --help", async () => {
    const { code, output } = await runStart(["--help"]);
    expect(code).toBe(0);
    expect(output).toMatch(/--fresh/);
  });
});
