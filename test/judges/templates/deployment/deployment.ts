/** The deployment made by somebody else's CloudFormation, and what came of it beside what runs on one machine. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REGION } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { synthesiseTemplates } from "#test/infra/aws/synthesise-templates.ts";
import { createStackPlace, removeStackPlace, startRunningStack } from "#test/support/running-stack.ts";
import { installPython } from "../../tools/python.ts";
import { type JudgeServer, startServer } from "../../tools/start-server.ts";
import { emptyVerdict, type Verdict } from "../../verdict.ts";
import { describeParts } from "./describe-parts.ts";
import { deployElsewhere } from "./elsewhere.ts";

export async function judgeDeployment(announce: (step: string) => void): Promise<Verdict> {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-deployment-"));
  let ministack: JudgeServer | undefined;
  try {
    const templates = synthesiseTemplates(directory, []);
    ministack = await startMinistack();
    announce("Deploying to ministack");
    const { made, differences } = await deployElsewhere(ministack.url, templates, directory);
    announce("Comparing with one machine");
    const theirs = await describeParts({ region: REGION, endpointUrl: ministack.url });
    const ours = await describeOneMachine();
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].toSorted();
    const different = names.filter((name) => theirs[name] !== ours[name]);
    return {
      ...emptyVerdict("deployment elsewhere"),
      equal: made + names.length - different.length,
      differences: [
        ...differences,
        ...different.map((what) => ({ what, theirs: String(theirs[what]), ours: String(ours[what]) })),
      ],
    };
  } finally {
    await ministack?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

const startMinistack = async (): Promise<JudgeServer> =>
  startServer({
    program: path.join(await installPython(), "ministack"),
    args: () => [],
    env: (port) => ({ BIND_HOST: "127.0.0.1", GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: "0" }),
  });

async function describeOneMachine(): Promise<Record<string, string>> {
  const place = await createStackPlace();
  try {
    const stack = await startRunningStack(place);
    try {
      return await describeParts({ ...awsOf(stack), endpointUrl: stack.awsUrl });
    } finally {
      await stack.stop();
    }
  } finally {
    await removeStackPlace(place);
  }
}
