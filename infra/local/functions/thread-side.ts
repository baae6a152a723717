/** In the handlers' thread: loads all of them, then runs what it is sent. */
import { parentPort } from "node:worker_threads";
import { type CountedMetric, metricsChannel } from "#handlers/metrics-channel.ts";
import { ENTRIES, loadOnce } from "./entries.ts";
import { runtimeHere } from "./invocation.ts";
import type { Request, Told } from "./thread.ts";

const tell = (told: Told) => parentPort?.postMessage(told, []);

metricsChannel.subscribe((counted) => tell({ counted: counted as CountedMetric }));
await Promise.all(ENTRIES.map(loadOnce));
const run = runtimeHere(loadOnce);
parentPort?.on("message", ({ id, invocation }: Request) => {
  void run(invocation).then((outcome) => tell({ id, outcome }));
});
tell("ready");
