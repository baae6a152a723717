/** The installed CDK CLI on templates that are already made. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const cdk = createRequire(import.meta.url).resolve("aws-cdk/bin/cdk");

/**
 * The CLI talks to the person itself: what it changes, what it asks, what went wrong.
 * @throws Error when it does not succeed
 */
export async function runCdk(words: string[]): Promise<void> {
  const child = spawn(process.execPath, [cdk, "--no-notices", ...words], { stdio: "inherit" });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`cdk ${words[0]} did not succeed; what it says above tells why.`);
}
