import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { judgeTrial } from "#infra/aws/release/judge-trial.ts";
import { type Trial, tryDefinition } from "#infra/aws/release/try-definition.ts";
import { readDefinition } from "#infra/local/definition.ts";
import { REGION } from "#infra/local/names.ts";
import {
  ANY_URL,
  createDataDir,
  expectStatus,
  startExecution,
  startTestEndpoint,
} from "#test/infra/local/aws/endpoint-fixture.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

const HOUR_AGO = new Date(Date.now() - 60 * 60 * 1_000);
const DEPLOYED = await readDefinition(ANY_URL);

beforeEach(() => {
  vi.stubEnv("AWS_REGION", REGION);
  vi.stubEnv("AWS_ACCESS_KEY_ID", TEST_ACCESS_KEY.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", TEST_ACCESS_KEY.secretAccessKey);
});

/** A stage that stands, where one purchase was made. */
async function standUp() {
  const { url, sfn } = await startTestEndpoint({}, DEPLOYED);
  vi.stubEnv("AWS_ENDPOINT_URL", url);
  await expectStatus(sfn, await startExecution(sfn, "evt_1"), "SUCCEEDED");
}

async function trial(definition: string, stage = "production", since = HOUR_AGO): Promise<Trial> {
  const file = path.join(await createDataDir(), "candidate.asl.json");
  await writeFile(file, definition);
  return tryDefinition({ stage, since, definition: file }, () => {});
}

const withoutCustomer = DEPLOYED.replace('"Next": "LinkCustomer"', '"Next": "Enrolled"').replace(
  /"LinkCustomer": \{[\s\S]*?\n {4}\},\n/,
  "",
);
const differently = JSON.stringify({ ...(JSON.parse(DEPLOYED) as object), Comment: "in other words" });

test("a stage that does not stand yet, and a definition that is live already, are deployed without a word", async () => {
  await standUp();
  const laidOut = JSON.stringify(JSON.parse(DEPLOYED), undefined, 1);
  expect([await trial(DEPLOYED, "staging"), await trial(laidOut)]).toEqual([
    { kind: "first" },
    { kind: "unchanged" },
  ]);
  expect(judgeTrial({ kind: "first" }, undefined)).toEqual({ mayGo: true });
  expect(judgeTrial({ kind: "unchanged" }, undefined)).toEqual({ mayGo: true });
});

test("a change that sends nobody another way is deployed, and it is said of how many, be it of none", async () => {
  await standUp();
  const { mayGo, text } = judgeTrial(await trial(differently), undefined);
  expect(mayGo).toBe(true);
  expect(text).toContain("1 execution: 0 still running");
  expect(text).toContain("None would go another way.");
  const ofNone = judgeTrial(await trial(withoutCustomer, "production", new Date()), undefined);
  expect(ofNone).toEqual({
    mayGo: true,
    text: expect.stringContaining("Nothing was executed in that time."),
  });
});

test("a change by which purchases go another way waits for somebody who accepts just that", async () => {
  await standUp();
  const tried = await trial(withoutCustomer);
  const refused = judgeTrial(tried, undefined);
  expect(refused.mayGo).toBe(false);
  expect(refused.text).toContain("after WriteEnrollment goes to Enrolled instead of");
  const [, digest] = /Nothing was deployed\. Add --accept ([0-9a-f]{12}) to/.exec(refused.text ?? "") ?? [];
  expect(judgeTrial(tried, digest).mayGo).toBe(true);
  for (const other of ["0123456789ab", "untried"]) {
    const stillRefused = judgeTrial(tried, other);
    expect([stillRefused.mayGo, stillRefused.text]).toEqual([
      false,
      expect.stringContaining(`(${other} are others)`),
    ]);
  }
});

test("what cannot be known is no reason to deploy, unless somebody says so", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  const tried = await trial(DEPLOYED);
  expect(tried.kind).toBe("untried");
  expect(judgeTrial(tried, undefined)).toEqual({
    mayGo: false,
    text: expect.stringContaining("Add --accept untried to deploy it without knowing."),
  });
  expect(judgeTrial(tried, "untried").mayGo).toBe(true);
});
