/** An issuer with two students, and the way through it that a test takes by hand. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { type Issuer, type IssuerOptions, startIssuer } from "#infra/local/sign-in/start-issuer.ts";
import { createStudentDirectory } from "#infra/local/sign-in/students.ts";
import { CLIENT_ID, CLIENT_ORIGIN, REDIRECT_URI } from "./browser.ts";

export const ada = { userId: "student-ada", email: "ada@example.com", name: "Ada Lovelace" };
const crafty = { userId: "student-crafty", email: "crafty@example.com", name: `<img src=x> "O'Neil"` };

/** @returns what all tests of the file share; the issuer is there once the first test runs */
export function useIssuer() {
  const shared = { dataDir: "", issuer: {} as Issuer };

  /** One more issuer, with the same keys unless it is given another directory. */
  const start = (changes: Partial<IssuerOptions> = {}) =>
    startIssuer({
      port: 0,
      dataDir: shared.dataDir,
      students: createStudentDirectory([ada, crafty]),
      clientId: CLIENT_ID,
      clientOrigins: [CLIENT_ORIGIN],
      ...changes,
    });

  beforeAll(async () => {
    shared.dataDir = await mkdtemp(join(tmpdir(), "bursar-sign-in-"));
    shared.issuer = await start();
  });

  afterAll(async () => {
    await shared.issuer.close();
    await rm(shared.dataDir, { recursive: true });
  });

  return Object.assign(shared, {
    start,
    signIn: (email: string, issuerUrl = shared.issuer.url) =>
      requestAccessToken({ issuerUrl, clientId: CLIENT_ID, redirectUri: REDIRECT_URI, email }),
  });
}
