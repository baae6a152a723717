/** The key of this machine's AWS: made at the first start, and kept. */
import { randomBytes, randomInt } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { LocalSetupError } from "#infra/local/settings.ts";
import {
  ACCESS_KEY_PREFIX,
  type AccessKey,
  CREDENTIALS_FILE,
  formatCredentials,
  parseCredentials,
} from "#infra/one-machine/access-key.ts";

/** As long as AWS's are. */
const ID_LENGTH = 20;
const SECRET_BYTES = 30;
const ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** @throws LocalSetupError when the file holds no key, or the operating system's error */
export async function loadAccessKey(dataDir: string): Promise<AccessKey> {
  const file = path.join(dataDir, CREDENTIALS_FILE);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (text === undefined) return writeAccessKey(file);
  const key = parseCredentials(text);
  if (key) return key;
  throw new LocalSetupError(
    `There is no access key in ${file}: delete that file, and the next start makes one.`,
  );
}

async function writeAccessKey(file: string): Promise<AccessKey> {
  const rest = Array.from({ length: ID_LENGTH - ACCESS_KEY_PREFIX.length }, () =>
    ID_LETTERS.charAt(randomInt(ID_LETTERS.length)),
  );
  const key = {
    accessKeyId: ACCESS_KEY_PREFIX + rest.join(""),
    secretAccessKey: randomBytes(SECRET_BYTES).toString("base64url"),
  };
  // Renamed into place, so that a crash leaves no half-written key behind.
  await writeFile(`${file}.new`, formatCredentials(key), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return key;
}
