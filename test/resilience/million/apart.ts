/** The sweep of a day, in a process of its own. @see run-apart.ts */
import "../environment.ts";
import type { Message } from "./run-apart.ts";

const { runMillion } = await import("./run-million.ts");
const send = (message: Message) => process.send?.(message);
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

const before = process.memoryUsage.rss();
const begun = performance.now();
const result = await runMillion(Number(process.argv[2]), (sweptUntil) => send({ sweptUntil }));
send({
  result: {
    ...result,
    megabytes: megabytes(process.resourceUsage().maxRSS * 1024),
    megabytesBefore: megabytes(before),
    seconds: Math.round((performance.now() - begun) / 1000),
  },
});
process.disconnect?.();
