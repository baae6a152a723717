/** The client's production build: one and the same, here and on AWS. */
import path from "node:path";
import { digestSources, ROOT } from "#infra/builds/digest-sources.js";
import { keepBuild } from "#infra/builds/keep-build.js";
import { runBuild } from "#infra/builds/run-build.js";

/** Of the rules it has the contract, and of the deployment the digests of its files. */
export const CLIENT_SOURCES = ["client", "workflow", "infra/deployment"];

/**
 * @param outDir where it goes; what is there is replaced
 * @throws Error saying that the client does not build, with the reason on the next lines
 */
export const buildClient = (outDir: string): Promise<void> =>
  runBuild("The client", "infra/deployment/programs/build-client.ts", outDir);

/** @returns the folder of what these sources build: built now, or since they changed last */
export const keptClient = (): Promise<string> =>
  keepBuild({
    home: path.join(ROOT, "dist", "client"),
    digest: () => digestSources(CLIENT_SOURCES),
    build: buildClient,
  });
