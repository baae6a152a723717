/** Loads deployed bundles as Lambda does, in a process of its own, and invokes their handlers one after another. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { DeployedBundle } from "#test/support/invoke-bundle.ts";

interface BundleHost {
  /** @returns what the handler has returned, or what it threw as `{ name, message }`: both are ways through it */
  invoke(bundle: DeployedBundle, event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Sweeps look at nothing that is younger than five minutes. */
const SCRIPT = `
  const ahead = Number(process.env.MINUTES_AHEAD) * 60_000;
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...words) { words.length ? super(...words) : super(RealDate.now() + ahead); }
    static now() { return RealDate.now() + ahead; }
  };
  const context = { awsRequestId: "judged", getRemainingTimeInMillis: () => 60_000 };
  process.on("message", async ({ bundle, handler, event }) => {
    const functions = await import(bundle);
    const ended = await functions[handler](event, context).then(
      (value) => value ?? null,
      ({ name, message }) => ({ name, message }),
    );
    process.send(ended);
  });
`;

export function startBundleHost(env: Record<string, string>, minutesAhead = 0): BundleHost {
  const script = ["--input-type=module", "-e", SCRIPT];
  const host = spawn(process.execPath, script, {
    env: { ...env, MINUTES_AHEAD: String(minutesAhead) },
    // What handlers log is nobody's here.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const ended = once(host, "exit");
  return {
    async invoke({ bundle, handler }, event) {
      const answered = once(host, "message");
      host.send({ bundle, handler: handler.replace("index.", ""), event });
      const gone = ended.then(() => {
        throw new Error(`The process of ${handler} has ended.`);
      });
      const [value] = (await Promise.race([answered, gone])) as unknown[];
      return value;
    },
    async stop() {
      host.kill();
      await ended;
    },
  };
}
