/** Runs one subject as a process of its own, and delivers events to it over HTTP. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePorts } from "#infra/local/ports.ts";
import type { Delivery } from "../purchases.ts";

const LONGEST_START_MS = 20_000;

export interface PeerServer {
  /** From the start of the process to the first event that it has acknowledged. */
  coldMs: number;
  /** @returns the status of the answer */
  post(delivery: Delivery): Promise<number>;
  stop(): Promise<void>;
}

/** @throws Error when it does not acknowledge the event */
export async function startServer(
  script: string,
  path: string,
  env: Record<string, string>,
  first: Delivery,
): Promise<PeerServer> {
  const { http: port } = await findFreePorts();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env, PORT: String(port) },
    stdio: ["ignore", "ignore", "ignore"],
  });
  const post = (delivery: Delivery) => deliver({ port, path, agent }, delivery);
  async function stop(): Promise<void> {
    agent.destroy();
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  for (;;) {
    const status = await post(first).catch(() => undefined);
    if (status === 200) return { coldMs: performance.now() - startedAt, post, stop };
    if (status || child.exitCode !== null || performance.now() - startedAt > LONGEST_START_MS) {
      await stop();
      throw new Error(`${script} does not take events: ${status ?? "no answer"}`);
    }
    await pause(1);
  }
}

/** As Stripe does it. */
function deliver(
  { port, path, agent }: { port: number; path: string; agent: Agent },
  { payload, signature }: Delivery,
): Promise<number> {
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(payload),
    "stripe-signature": signature,
  };
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
    })
      .on("error", reject)
      .end(payload);
  });
}
