/** Ends the process for an error that nobody has caught. */

/** Not before what was printed has been taken, by a pipe that is read slowly as well. What fails meanwhile has no part in it. */
export function endProcess(exitCode: number): void {
  process.on("uncaughtException", () => {});
  process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
}
