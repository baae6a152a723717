/** The key that the AWS of one machine asks for: how it is written down, and how programs of the same user find it. */
import { readFileSync } from "node:fs";
import path from "node:path";

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** In the data folder, in the form that AWS's own tools read (`AWS_SHARED_CREDENTIALS_FILE`). */
export const CREDENTIALS_FILE = "aws-credentials";

/** By it a key of one machine is told from the key of an account. */
export const ACCESS_KEY_PREFIX = "BURSARLOCAL";

export const formatCredentials = ({ accessKeyId, secretAccessKey }: AccessKey) =>
  `# Of Bursar's AWS on this machine, and good for nothing else.
[default]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
`;

/** @returns undefined when it holds no key of one machine */
export function parseCredentials(text: string): AccessKey | undefined {
  const valueOf = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)\\s*$`, "m").exec(text)?.[1];
  return asKey(valueOf("aws_access_key_id"), valueOf("aws_secret_access_key"));
}

/**
 * @param environment whose own key comes first, then AWS's credentials file, then that of the data folder
 * @returns undefined when there is none of one machine, as for somebody else's stand-in for AWS
 */
export function findAccessKey(environment: Record<string, string | undefined>): AccessKey | undefined {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SHARED_CREDENTIALS_FILE, BURSAR_DATA_DIR } =
    environment;
  return (
    asKey(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) ??
    (AWS_SHARED_CREDENTIALS_FILE ? readKey(AWS_SHARED_CREDENTIALS_FILE) : undefined) ??
    readKey(path.join(BURSAR_DATA_DIR || ".bursar", CREDENTIALS_FILE))
  );
}

function asKey(accessKeyId = "", secretAccessKey = ""): AccessKey | undefined {
  return accessKeyId.startsWith(ACCESS_KEY_PREFIX) && secretAccessKey
    ? { accessKeyId, secretAccessKey }
    : undefined;
}

function readKey(file: string): AccessKey | undefined {
  try {
    return parseCredentials(readFileSync(file, "utf8"));
  } catch {
    // Without it the endpoint refuses, and says so.
    return undefined;
  }
}
