/** boto3 and AWS's command line at the endpoint of this machine, judged by botocore's models of the services. */
import { fileURLToPath } from "node:url";
import { type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { createLocalSfnClient, followExecution } from "#infra/local/follow-execution.ts";
import { REGION, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { type OwnStack, withOwnStack } from "#infra/local/own-stack.ts";
import { runPurchaseDemo } from "#infra/local/purchase-demo.ts";
import { installPython } from "../tools/python.ts";
import { runProgram } from "../tools/run-program.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import type { Cases } from "./cases/call.ts";
import { DYNAMODB_CASES } from "./cases/dynamodb.ts";
import { SECRETS_MANAGER_CASES } from "./cases/secrets-manager.ts";
import { sqsCases } from "./cases/sqs.ts";
import { stepFunctionsCases } from "./cases/step-functions.ts";
import { judgeCommandLine } from "./command-line.ts";

const PROGRAM = fileURLToPath(new URL("./judge.py", import.meta.url));

/** Executions that fail, so that there are pages of them. */
const FAILING = ["failing-1", "failing-2", "failing-3", "failing-4", "failing-5", "failing-6"];

export async function judgeAwsClients(announce: (step: string) => void): Promise<Verdict> {
  announce("Installing boto3 and AWS's command line");
  const programs = await installPython();
  return withOwnStack({}, announce, async (stack) => {
    announce("Asking with boto3");
    const asked = await askWithBoto(programs, stack, await makeExecutions(stack));
    announce("Asking with the command line");
    const typed = await judgeCommandLine(programs, stack);
    const differences = [...asked.differences, ...typed.differences];
    return { ...emptyVerdict("AWS clients"), equal: asked.equal + typed.equal, differences };
  });
}

/** One that succeeded, and several that failed. */
async function makeExecutions(stack: OwnStack) {
  const { execution } = await runPurchaseDemo(stack, () => {});
  const client = createLocalSfnClient(stack);
  try {
    for (const name of FAILING) await failExecution(client, name);
  } finally {
    client.destroy();
  }
  return { succeeded: execution.name, failed: FAILING[0] ?? "", all: FAILING.length + 1 };
}

async function failExecution(client: SFNClient, name: string): Promise<void> {
  await client.send(new StartExecutionCommand({ stateMachineArn: STATE_MACHINE_ARN, name }));
  await followExecution(client, name);
}

async function askWithBoto(
  programs: string,
  { awsUrl, accessKey }: OwnStack,
  executions: Parameters<typeof stepFunctionsCases>[0],
): Promise<Pick<Verdict, "equal" | "differences">> {
  const parts: Cases[] = [
    stepFunctionsCases(executions),
    DYNAMODB_CASES,
    sqsCases(awsUrl),
    SECRETS_MANAGER_CASES,
  ];
  const work = {
    connection: { endpointUrl: awsUrl, region: REGION, ...accessKey },
    steps: parts.flatMap(({ steps }) => steps),
    pagings: parts.flatMap(({ pagings }) => pagings),
  };
  const output = await runProgram(`${programs}/python`, [PROGRAM], { input: JSON.stringify(work) });
  return JSON.parse(output) as Pick<Verdict, "equal" | "differences">;
}
