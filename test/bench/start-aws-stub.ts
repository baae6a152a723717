/** Starts the AWS stub in a process of its own, so that its work does not count as ours. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TableState } from "./aws-stub.ts";

interface AwsStub {
  url: string;
  turnTable(state: TableState): Promise<void>;
  close(): void;
}

export async function startAwsStub(): Promise<AwsStub> {
  const script = fileURLToPath(new URL("./aws-stub.ts", import.meta.url));
  const child = fork(script, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  return {
    url,
    async turnTable(state) {
      child.send(state);
      await once(child, "message");
    },
    close: () => child.disconnect(),
  };
}
