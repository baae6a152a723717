/** The issuer's signing key, kept on disk so that tokens outlive a restart. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { createDirectory } from "../storage/create-directory.ts";

const signingKeySchema = z.looseObject({
  kty: z.literal("RSA"),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  d: z.string(),
});
const signingKeysSchema = z.object({ keys: z.tuple([signingKeySchema]) });
type SigningKey = z.infer<typeof signingKeySchema>;
export type SigningKeys = z.infer<typeof signingKeysSchema>;

/**
 * The JSON Web Key Set in `<dataDir>/sign-in-keys.json`, made on the first run.
 * @throws Error one sentence, when the file is not usable
 */
export async function loadSigningKeys(dataDir: string): Promise<SigningKeys> {
  const path = join(dataDir, "sign-in-keys.json");
  const text = await readFile(path, "utf8").catch(whenMissing);
  if (text === undefined) return writeSigningKeys(dataDir, path);
  try {
    const { keys } = signingKeysSchema.parse(JSON.parse(text));
    assertCanSign(keys[0]);
    return { keys };
  } catch (cause) {
    throw new Error(`The signing keys in ${path} are damaged; delete the file and students sign in again.`, {
      cause,
    });
  }
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

async function writeSigningKeys(dataDir: string, path: string): Promise<SigningKeys> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
  const keys = signingKeysSchema.parse({ keys: [jwk] });
  await createDirectory(dataDir);
  // Renamed into place, so that a crash leaves no half-written key behind.
  await writeFile(`${path}.new`, JSON.stringify(keys), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return keys;
}

function assertCanSign(key: SigningKey): void {
  const sample = Buffer.from("sample");
  const signature = sign("sha256", sample, createPrivateKey({ key, format: "jwk" }));
  const publicKey = createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: "jwk" });
  if (!verify("sha256", sample, publicKey, signature)) throw new Error("the two halves of the key differ");
}
