/** The process of one judge, whose name it is given; what it has to say goes to the process that has started it. */
import { JUDGES } from "./judges.ts";
import type { Message } from "./run-judge.ts";

const say = (message: Message) => new Promise((resolve) => process.send?.(message, resolve));

// What it has started must not outlive whoever asked.
for (const end of ["disconnect", "SIGINT"]) process.once(end, () => process.exit(130));

const judge = JUDGES.find(({ name }) => name === process.argv[2]);
if (!judge) throw new Error(`There is no judge "${process.argv[2]}".`);
await judge
  .judge((step) => void say({ step }))
  .then(
    (verdict) => say({ verdict }),
    (error: unknown) => say({ trouble: error instanceof Error ? error.message : String(error) }),
  );
process.exit(0);
