import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { startIssuer } from "#infra/local/sign-in/start-issuer.ts";
import { createStudentDirectory } from "#infra/local/sign-in/students.ts";
import { CLIENT_ID, CLIENT_ORIGIN, REDIRECT_URI } from "./browser.ts";

// Alone in its file: the library gives each of its notices once per process.
test("nothing is printed from the first start to the first token", async () => {
  const printed = (["log", "info", "warn", "error"] as const).map((method) =>
    vi.spyOn(console, method).mockReturnValue(undefined),
  );
  const dataDir = await mkdtemp(join(tmpdir(), "bursar-sign-in-"));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const clientOrigins = [CLIENT_ORIGIN];
  const students = createStudentDirectory([]);
  const issuer = await startIssuer({ port: 0, dataDir, students, clientId: CLIENT_ID, clientOrigins });
  onTestFinished(() => issuer.close());

  const email = "mary@example.com";
  await requestAccessToken({ issuerUrl: issuer.url, clientId: CLIENT_ID, redirectUri: REDIRECT_URI, email });
  expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
