/** Says what is being done while it takes its time. */
import { Listr } from "listr2";

/** @param quiet prints nothing, for output that programs read */
export async function showProgress<Result>(
  title: string,
  quiet: boolean | undefined,
  work: (announce: (step: string) => void) => Promise<Result>,
): Promise<Result> {
  const results: Result[] = [];
  const tasks = new Listr(
    [
      {
        title,
        task: async (_context, task) => {
          results.push(await work((step) => (task.output = step)));
        },
      },
    ],
    { renderer: quiet ? "silent" : process.stdout.isTTY ? "default" : "simple" },
  );
  await tasks.run();
  const [result] = results;
  if (result === undefined) throw new Error(`${title} led to nothing.`);
  return result;
}
