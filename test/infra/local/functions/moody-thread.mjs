/** Stands in for the handlers' thread: does what the event asks for. */
import { parentPort } from "node:worker_threads";

const tell = (told) => parentPort.postMessage(told, []);

const moods = {
  counts: () => tell({ counted: { name: "Redriven", count: 2 } }),
  exits: () => process.exit(3),
  hangs: () => new Promise(() => {}),
  throws: () =>
    setImmediate(() => {
      throw new Error("nobody caught this");
    }),
  tells: () => process.env.WHO,
};

async function answer({ id, invocation: { event } }) {
  const result = await moods[JSON.parse(event)]();
  tell({ id, outcome: { result: JSON.stringify(typeof result === "string" ? result : null) } });
}

parentPort.on("message", (message) => void answer(message));
tell("ready");
