/** The API at a running stack, judged by schemathesis: what it takes and answers beside what its OpenAPI document says. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describeApi } from "#handlers/openapi/document.ts";
import { type OwnStack, withOwnStack } from "#infra/local/own-stack.ts";
import { runPurchaseDemo } from "#infra/local/purchase-demo.ts";
import { signIn } from "#infra/local/student-session.ts";
import { installPython } from "../tools/python.ts";
import { runProgram } from "../tools/run-program.ts";
import type { Verdict } from "../verdict.ts";
import { readReport } from "./read-report.ts";
import { withExamples } from "./with-examples.ts";

const OPTIONS = {
  checks: "all",
  // Of each operation, in each phase; the same ones in every run.
  "max-examples": "40",
  seed: "1",
  "generation-database": "none",
  report: "ndjson",
};

const STUDENT = "ada@example.com";

export async function judgeApi(announce: (step: string) => void): Promise<Verdict> {
  announce("Installing schemathesis");
  const programs = await installPython();
  return withOwnStack({}, announce, async (stack) => {
    const { checkoutSessionId } = await runPurchaseDemo(stack, () => {}, STUDENT);
    announce("Asking the API what its document allows, and what not");
    const report = await askApi(programs, stack, checkoutSessionId);
    return readReport(report);
  });
}

/** @returns schemathesis's report, an event a line */
async function askApi(programs: string, stack: OwnStack, checkoutSessionId: string): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), "bursar-api-"));
  try {
    const document = withExamples(describeApi(stack.clientUrl), checkoutSessionId);
    await writeFile(path.join(home, "openapi.json"), JSON.stringify(document));
    const { accessToken } = await signIn(STUDENT, stack);
    const options = {
      ...OPTIONS,
      url: stack.clientUrl,
      header: `Authorization: Bearer ${accessToken}`,
      "report-ndjson-path": "report.ndjson",
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    // It ends with 1 when it has found something, which the report tells.
    const said = await runProgram(
      `${programs}/schemathesis`,
      ["run", "openapi.json", "--continue-on-failure", ...args],
      { cwd: home },
    ).catch(String);
    return await readFile(path.join(home, "report.ndjson"), "utf8").catch(() => {
      throw new Error(`schemathesis wrote no report. ${said}`);
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
