/** Every method of the product's adapters of DynamoDB, SQS and Secrets Manager, on the local endpoint and on moto. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { REGION, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { installPython } from "../tools/python.ts";
import { type JudgeServer, startServer } from "../tools/start-server.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { exerciseQueues } from "./exercise-queues.ts";
import { exerciseSecrets } from "./exercise-secrets.ts";
import { exerciseTable } from "./exercise-table.ts";
import { createWatch, type Told } from "./watch.ts";

export async function judgeAdapters(announce: (step: string) => void): Promise<Verdict> {
  announce("installing moto");
  const programs = await installPython();
  announce("on the local endpoint");
  const ours = await exerciseHere();
  announce("on moto");
  const theirs = await exerciseOnMoto(programs);
  const verdict = emptyVerdict("adapters");
  for (const [index, { what, told }] of ours.entries()) {
    const other = theirs[index];
    if (other?.what === what && other.told === told) verdict.equal += 1;
    else verdict.differences.push({ what, theirs: other?.told ?? "nothing", ours: told });
  }
  return verdict;
}

/** @throws Error when an adapter has a method that nobody has called */
async function exercise(endpoint: string): Promise<Told[]> {
  const aws: AwsPlace = { region: REGION, endpoint, credentials: TEST_ACCESS_KEY };
  const watch = createWatch();
  await exerciseTable(aws, watch);
  await exerciseQueues(aws, watch);
  await exerciseSecrets(aws, watch);
  const forgotten = watch.forgotten();
  if (forgotten.length > 0) throw new Error(`Nobody calls ${forgotten.join(", ")}.`);
  return watch.told;
}

const SUCCEED = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } });

async function exerciseHere(): Promise<Told[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-judge-"));
  const endpoint = await startAwsEndpoint({
    port: 0,
    dataDir,
    accessKey: TEST_ACCESS_KEY,
    stateMachine: { name: STATE_MACHINE_NAME, definition: SUCCEED },
    invokeFunction: async () => undefined,
    secrets: {},
    queues: [],
  });
  try {
    return await exercise(endpoint.url);
  } finally {
    await endpoint.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function exerciseOnMoto(programs: string): Promise<Told[]> {
  const server: JudgeServer = await startServer({
    program: `${programs}/moto_server`,
    args: (port) => ["-H", "127.0.0.1", "-p", String(port)],
  });
  try {
    return await exercise(server.url);
  } finally {
    await server.stop();
  }
}
