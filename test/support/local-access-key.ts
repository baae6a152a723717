/** A key for endpoints that a test starts by itself, without a data folder that would hold one. */
import type { AccessKey } from "#infra/one-machine/access-key.ts";

export const TEST_ACCESS_KEY: AccessKey = {
  accessKeyId: "BURSARLOCALTESTTESTT",
  secretAccessKey: "of-tests-and-good-for-nothing-else",
};
