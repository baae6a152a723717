/** Says what is being done while it takes its time. */
import { Listr } from "listr2";
import { clean } from "./print.ts";

/**
 * @param quiet prints nothing, for output that programs read
 * @throws what the work throws; the command says it, once
 */
export async function showProgress<Result>(
  title: string,
  quiet: boolean | undefined,
  work: (announce: (step: string) => void) => Promise<Result>,
): Promise<Result> {
  let done: Promise<Result> | undefined;
  const tasks = new Listr(
    [
      {
        title: clean(title),
        task: async (_context, task) => {
          done = work((step) => (task.output = clean(step)));
          // Without words of its own, for the mark beside the title.
          await done.catch(() => {
            throw new Error("");
          });
        },
      },
    ],
    {
      renderer: quiet ? "silent" : process.stdout.isTTY ? "default" : "simple",
      rendererOptions: { showErrorMessage: false },
    },
  );
  await tasks.run().catch(() => undefined);
  if (!done) throw new Error(`${title} was not begun.`);
  return done;
}
