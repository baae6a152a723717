/** Writes how each test ended, and by what name of error, which vitest's own JSON leaves out. */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import * as z from "zod";

export const resultsSchema = z.object({
  tests: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["passed", "failed", "skipped", "pending"]),
      /** `cause`: what fast-check found the property to fail by. */
      errors: z.array(z.object({ name: z.string(), message: z.string(), cause: z.string().optional() })),
    }),
  ),
  /** Of files that could not be loaded, and of hooks. */
  trouble: z.array(z.string()),
});
export type Results = z.infer<typeof resultsSchema>;
export type FoundTest = Results["tests"][number];

/** Environment variable: where the results go. */
export const RESULTS_FILE = "BURSAR_TEST_RESULTS";

export default class ResultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const results: Results = {
      tests: tests.map((test) => {
        const { state, errors = [] } = test.result();
        return {
          // As `vitest -t` sees it, without the file and the arrows.
          name: test.fullName.split(" > ").join(" "),
          state,
          errors: errors.map(({ name = "", message, cause }) => ({ name, message, cause: cause?.message })),
        };
      }),
      trouble: [...suites.flatMap((suite) => suite.errors()), ...unhandled].map(({ message }) => message),
    };
    writeFileSync(process.env[RESULTS_FILE] ?? "", JSON.stringify(results));
  }
}
