/** What each deployed function calls of AWS, recorded from its bundle, beside what its role allows. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { OVERFLOW_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { bundleEntries, type FunctionInTemplate, listFunctions } from "#test/infra/aws/deployed-functions.ts";
import { synthesiseTemplates } from "#test/infra/aws/synthesise-templates.ts";
import { deployedEnvironment } from "#test/support/deployed-environment.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { emptyVerdict, type Verdict } from "../../verdict.ts";
import { startBundleHost } from "./bundle-host.ts";
import type { Call } from "./calls.ts";
import { compareWithGrants } from "./compare.ts";
import { readGrants } from "./grants.ts";
import { startRecorder } from "./recorder.ts";
import { listScenes } from "./scenes.ts";
import { setPlace } from "./set-place.ts";

/** Sweeps look at nothing that is younger than five minutes. */
const LATER_MINUTES = 6;

export async function judgePermissions(announce: (step: string) => void): Promise<Verdict> {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-permissions-"));
  const place = await createStackPlace();
  let stack: RunningStack | undefined;
  try {
    announce("Bundling every function");
    const templates = synthesiseTemplates(directory, [
      "googleClientId=judged",
      "googleSecretId=bursar/google",
    ]);
    const functions = listFunctions(templates);
    const bundles = bundleEntries(path.join(directory, "bundles"), functions);
    announce("Asking every function");
    stack = await startRunningStack(place);
    const calls = await recordCalls(stack, functions, bundles);
    announce("Comparing with the roles");
    const asked = functions.map(({ name, statements }) => ({
      name,
      calls: calls.get(name) ?? [],
      grants: readGrants(statements, templates),
    }));
    return { ...emptyVerdict("permissions"), ...(await compareWithGrants(asked)) };
  } finally {
    await stack?.stop();
    await removeStackPlace(place);
    await rm(directory, { recursive: true, force: true });
  }
}

/** @returns what each function has called, without repetitions */
async function recordCalls(
  stack: RunningStack,
  functions: FunctionInTemplate[],
  bundles: Map<string, string>,
): Promise<Map<string, Call[]>> {
  const scenes = listScenes(await setPlace(stack));
  const recorder = await startRecorder(stack.awsUrl);
  const env = {
    ...deployedEnvironment(stack),
    AWS_ENDPOINT_URL: recorder.url,
    OVERFLOW_QUEUE_URL: queueUrl(recorder.url, OVERFLOW_QUEUE_NAME),
  };
  const [host, laterHost] = [startBundleHost(env), startBundleHost(env, LATER_MINUTES)];
  const calls = new Map<string, Call[]>();
  try {
    for (const scene of scenes) {
      const deployed = functions.find(({ name }) => name === scene.functionName);
      if (!deployed) throw new Error(`${scene.functionName} is not deployed.`);
      const bundle = { bundle: bundles.get(deployed.entry) ?? "", handler: deployed.handler };
      await scene.before?.();
      recorder.answer(...(scene.answers ?? []));
      await (scene.later ? laterHost : host).invoke(bundle, scene.asked);
      calls.set(scene.functionName, [...(calls.get(scene.functionName) ?? []), ...recorder.take()]);
    }
  } finally {
    await Promise.all([host.stop(), laterHost.stop(), recorder.close()]);
  }
  return calls;
}
