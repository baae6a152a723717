/** Starts the AWS stub in a process of its own, so that its work does not count as ours. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { StubCounts, StubRequest, StubState } from "./aws-stub.ts";

export interface AwsStub {
  url: string;
  turn(state: Partial<StubState>): Promise<void>;
  /** @returns what it was asked since this was called last */
  takeCounts(): Promise<StubCounts>;
  close(): void;
}

export async function startAwsStub(): Promise<AwsStub> {
  const script = fileURLToPath(new URL("./aws-stub.ts", import.meta.url));
  const child = fork(script, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  async function ask(request: StubRequest): Promise<StubCounts> {
    child.send(request);
    const [counts] = (await once(child, "message")) as [StubCounts];
    return counts;
  }
  return {
    url,
    turn: async (state) => void (await ask({ turn: state })),
    takeCounts: () => ask({ takeCounts: true }),
    close: () => child.disconnect(),
  };
}
