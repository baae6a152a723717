/** What each command says to the CDK's own command line. */
import { join } from "node:path";

/** The account and region are those of the assembly's stacks, which are the environment's. */
export const bootstrapWords = (assembly: string) => ["bootstrap", "--app", assembly];

/** @param asks false: permissions are widened without asking */
export const deployWords = (assembly: string, asks: boolean) => [
  "deploy",
  "--app",
  assembly,
  "--all",
  "--require-approval",
  asks ? "broadening" : "never",
  "--outputs-file",
  join(assembly, "outputs.json"),
];

export const destroyWords = (assembly: string, asks: boolean) => [
  "destroy",
  "--app",
  assembly,
  "--all",
  ...(asks ? [] : ["--force"]),
];
