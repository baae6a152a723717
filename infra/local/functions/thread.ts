/**
 * Where handlers run: a thread of their own, as they run in a process of their own on AWS. It has its own environment and
 * memory, a core of its own if there is one, and ends by itself, or with the process however that ends.
 */
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type CountedMetric, metricsChannel } from "#handlers/metrics-channel.ts";
import { HANDLERS_PROGRAM, keptPrograms } from "#infra/builds/kept-programs.js";
import { FunctionDied } from "../aws/lambda.ts";
import type { Invocation, Outcome, Runtime } from "./invocation.ts";

/** What the thread is sent. */
export interface Request {
  id: number;
  invocation: Invocation;
}

/** What it says: that it has loaded, what it has counted, how an invocation ended. */
export type Told = "ready" | { counted: CountedMetric } | { id: number; outcome: Outcome };

/** Most of what a purchase needs is garbage at once: with more room for it, little of it is looked at. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

interface HandlerThread {
  run: Runtime;
  close(): Promise<void>;
}

/**
 * @param environment all that the handlers know
 * @param script what the thread runs; the shipped handlers unless given
 * @throws FunctionDied with what a handler's entry throws when it is loaded
 */
export async function startHandlerThread(
  environment: Record<string, string>,
  script?: string,
): Promise<HandlerThread> {
  const program = script ?? (await handlersProgram());
  let current = startThread(environment, program);
  let isClosed = false;
  await current.ready;
  return {
    async run(invocation) {
      // Late ones, that were held up: a new thread would outlive everything.
      if (isClosed) throw died("The functions are stopped");
      // As Lambda makes a new environment for a function whose last one is gone.
      if (current.hasEnded()) current = startThread(environment, program);
      return current.run(invocation);
    },
    async close() {
      isClosed = true;
      await current.close();
    },
  };
}

const handlersProgram = async () =>
  path.join(await keptPrograms(), HANDLERS_PROGRAM.replace(/\.ts$/, ".mjs"));

function startThread(env: Record<string, string>, program: string) {
  const waiting = new Map<number, { resolve(outcome: Outcome): void; reject(error: Error): void }>();
  const worker = new Worker(program, { env, execArgv: [], resourceLimits: LIMITS });
  let count = 0;
  let end: Error | undefined;

  const ready = new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      end ??= error;
      reject(end);
      for (const { reject: tell } of waiting.values()) tell(end);
      waiting.clear();
    };
    worker.once("error", (error: Error) => fail(died(`Runtime exited with error: ${error.message}`, error)));
    worker.once("exit", (code) => fail(died(`Runtime exited with error: exit status ${code}`)));
    worker.on("message", (told: Told) => {
      if (told === "ready") resolve();
      else if ("counted" in told) metricsChannel.publish(told.counted);
      else {
        waiting.get(told.id)?.resolve(told.outcome);
        waiting.delete(told.id);
      }
    });
  });
  ready.catch(() => undefined);

  return {
    ready,
    hasEnded: () => end !== undefined,
    run: (invocation: Invocation) =>
      new Promise<Outcome>((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, invocation } satisfies Request, []);
      }),
    async close() {
      await worker.terminate();
    },
  };
}

const died = (message: string, cause?: Error) => new FunctionDied(message, cause && { cause });
