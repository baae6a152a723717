/** Which AWS an operator's command talks to: an account, or the endpoint of one machine by the same options. */

import type { AccessKey } from "./access-key.ts";
import { isLoopbackHost } from "./loopback.ts";

export interface AwsConnection {
  region: string;
  /** E.g. `http://localhost:4566`; undefined: AWS itself. */
  endpointUrl?: string | undefined;
  /** The key of an endpoint on this machine. */
  accessKey?: AccessKey | undefined;
}

/** For stand-ins of other makers, which ask for any key. */
const ANY_KEY: AccessKey = { accessKeyId: "local", secretAccessKey: "local" };

/** What every SDK client takes. */
export function awsClientConfig({ region, endpointUrl, accessKey = ANY_KEY }: AwsConnection) {
  if (!endpointUrl) return { region };
  if (!isOnThisMachine(endpointUrl)) return { region, endpoint: endpointUrl };
  return { region, endpoint: endpointUrl, credentials: accessKey };
}

export function isOnThisMachine(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && isLoopbackHost(new URL(url).host);
}
