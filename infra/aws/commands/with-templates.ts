/** The templates alone, for what the CDK does without uploading anything. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "../deployment-context.ts";

/** @param use is given the assembly's directory, which is gone afterwards */
export async function withTemplates(
  deployment: Deployment,
  use: (assembly: string) => Promise<void>,
): Promise<void> {
  const outdir = await mkdtemp(join(tmpdir(), "bursar-templates-"));
  const clientDirectory = join(outdir, "client");
  await mkdir(join(clientDirectory, "assets"), { recursive: true });
  // Loaded late, so that help and refusals come at once.
  const { createApp } = await import("../app.ts");
  try {
    createApp({ deployment, outdir, clientDirectory, templatesOnly: true }).synth();
    await use(outdir);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
