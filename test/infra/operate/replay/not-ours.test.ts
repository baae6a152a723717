import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { REGION, STATE_MACHINE_ARN, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { loadCandidate } from "#infra/operate/replay/candidate.ts";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import { replayExecutions } from "#infra/operate/replay/replay-executions.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { credentialsOf, runNpmCommand } from "#test/support/run-npm-command.ts";

const FILE = fileURLToPath(new URL("job-poller.asl.json", import.meta.url));

/** By the job's title, what is answered to each question about it. */
const STATUSES: Record<string, string[]> = {
  "done at once": ["SUCCEEDED"],
  "done after a while": ["RUNNING", "RUNNING", "SUCCEEDED"],
  "never done": ["RUNNING", "FAILED"],
};
const TITLES = Object.keys(STATUSES);

let folder = "";
let endpoint: Awaited<ReturnType<typeof startAwsEndpoint>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bursar-not-ours-"));
  const definition = await readFile(FILE, "utf8");
  endpoint = await startAwsEndpoint({
    port: 0,
    dataDir: folder,
    accessKey: TEST_ACCESS_KEY,
    stateMachine: { name: STATE_MACHINE_NAME, definition },
    invokeFunction: runJob(),
    secrets: {},
    queues: [],
  });
  const connection = { region: REGION, endpointUrl: endpoint.url, accessKey: TEST_ACCESS_KEY };
  const client = new SFNClient(awsClientConfig(connection));
  for (const [number, title] of TITLES.entries()) {
    const input = JSON.stringify({ title, pauseSeconds: 0 });
    await client.send(
      new StartExecutionCommand({ stateMachineArn: STATE_MACHINE_ARN, name: `job-${number}`, input }),
    );
    await followExecution(client, `job-${number}`);
  }
  client.destroy();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await endpoint?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The second job is refused once, since there is too much to do. */
function runJob() {
  const asked = new Map<string, number>();
  let isBusy = true;
  return async (functionName: string, payload: unknown) => {
    const { title, id } = payload as { title: string; id: string };
    if (functionName === "get-job-status") {
      const turn = asked.get(id) ?? 0;
      asked.set(id, turn + 1);
      return STATUSES[id]?.[turn];
    }
    if (title === TITLES[1] && isBusy) {
      isBusy = false;
      throw Object.assign(new Error("too much to do"), { name: "Busy" });
    }
    return { id: title };
  };
}

async function writeCandidate(change: (text: string) => string = (text) => text): Promise<string> {
  const file = path.join(folder, "candidate.asl.json");
  await writeFile(file, change(await readFile(FILE, "utf8")));
  return file;
}

const place = () => ({ AWS_ENDPOINT_URL: endpoint.url, ...credentialsOf(TEST_ACCESS_KEY) });

describe("a state machine that is not ours", () => {
  test("goes the recorded way, also where it waits, tries again, goes round and looks at the time", async () => {
    const words = ["--json", "--state-machine", STATE_MACHINE_ARN, "--definition", await writeCandidate()];
    const { stdout } = await runNpmCommand("replay", words, place());
    const report = JSON.parse(stdout) as ReplayReport;
    expect(report).toMatchObject({ executions: 3, failed: ["job-2"], left: [], differences: [] });
    expect(report.edges).toContainEqual({ from: "Job Complete?", to: "Wait", recorded: 3, candidate: 3 });
  });

  test("is told where a change of it goes another way, by its cause", async () => {
    const definition = await writeCandidate((text) =>
      text
        .replace('"Default": "Wait"', '"Default": "Job Failed"')
        .replace("'job {}', $.Payload.id", "'work {}', $.Payload.id")
        .replace('"MaxAttempts": 2', '"MaxAttempts": 0'),
    );
    for (const [name, value] of Object.entries(place())) vi.stubEnv(name, value);
    const request = { stage: "production", since: new Date(0), definition, stateMachine: STATE_MACHINE_ARN };
    const { differences } = await replayExecutions(request, () => undefined);
    expect(differences.map(({ text, executions }) => [text, executions])).toEqual([
      ["Submit Job hands on another $.job.label", ["job-2", "job-0"]],
      ["Submit Job is tried once instead of twice", ["job-1"]],
    ]);
  });
});

const ONE_STATE = { Type: "Pass", End: true };
const withState = (state: object) => JSON.stringify({ StartAt: "Odd", States: { Odd: state } });

describe("what cannot be replayed is refused by the state's name, before anything is read", () => {
  test.each([
    ["Type Map", { Type: "Map", Iterator: { StartAt: "One", States: { One: ONE_STATE } }, End: true }],
    ["Type Parallel", { Type: "Parallel", Branches: [], End: true }],
    ["another QueryLanguage", { ...ONE_STATE, QueryLanguage: "JSONata" }],
    ["Assign", { ...ONE_STATE, Assign: { x: 1 } }],
    [
      "waitForTaskToken",
      { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true },
    ],
    ["States.UUID()", { ...ONE_STATE, Parameters: { "id.$": "States.UUID()" } }],
  ])("%s", (what, state) => {
    expect(() => loadCandidate(withState(state))).toThrow(
      expect.objectContaining({ name: "DefinitionRefused", message: expect.stringMatching(/^State Odd /) }),
    );
    expect(() => loadCandidate(withState(state))).toThrow(what);
  });

  test("a service that no function here could call is understood all the same: its answers were recorded", () => {
    const resource = "arn:aws:states:::aws-sdk:dynamodb:putItem";
    const state = { Type: "Task", Resource: resource, Parameters: { TableName: "orders" }, End: true };
    expect(loadCandidate(withState(state)).states["Odd"]).toMatchObject({ Resource: resource });
  });
});
