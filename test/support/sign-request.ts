/** Signs a request to AWS's JSON services by hand, for what the SDK's clients would not send. */
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "#handlers/adapters/step-functions/sha256.ts";
import { REGION } from "#infra/local/names.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";

interface AwsCall {
  url: string;
  /** E.g. `AWSStepFunctions.ListExecutions`; of `sts` the body is a form that names the operation. */
  target: string;
  body: string;
}

const SERVICES: Record<string, string> = {
  AWSStepFunctions: "states",
  DynamoDB_20120810: "dynamodb",
  AmazonSQS: "sqs",
  secretsmanager: "secretsmanager",
  sts: "sts",
};

/** @returns the headers with which it is sent */
export async function signRequest(
  { url, target, body }: AwsCall,
  key: AccessKey,
): Promise<Record<string, string>> {
  const { protocol, hostname, host, pathname } = new URL(url);
  const service = SERVICES[target.split(".", 1).join()] ?? "states";
  const signer = new SignatureV4({ credentials: key, region: REGION, service, sha256: Sha256 });
  const { headers } = await signer.sign({
    protocol,
    hostname,
    path: pathname,
    method: "POST",
    headers: {
      host,
      ...(service === "sts"
        ? { "content-type": "application/x-www-form-urlencoded" }
        : { "content-type": "application/x-amz-json-1.0", "x-amz-target": target }),
    },
    body,
    query: {},
  });
  return headers;
}

export async function postToAws(call: AwsCall, key: AccessKey): Promise<Response> {
  return fetch(call.url, { method: "POST", headers: await signRequest(call, key), body: call.body });
}
