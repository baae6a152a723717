/** Which AWS an operator's command talks to: an account, or the endpoint of one machine by the same options. */

import { isLoopbackHost } from "./loopback.ts";

export interface AwsConnection {
  region: string;
  /** E.g. `http://localhost:4566`; undefined: AWS itself. */
  endpointUrl?: string | undefined;
}

/** What every SDK client takes. On one machine nobody has credentials, and nobody checks them. */
export function awsClientConfig({ region, endpointUrl }: AwsConnection) {
  if (!endpointUrl) return { region };
  if (!isOnThisMachine(endpointUrl)) return { region, endpoint: endpointUrl };
  return {
    region,
    endpoint: endpointUrl,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
}

export function isOnThisMachine(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && isLoopbackHost(new URL(url).host);
}
