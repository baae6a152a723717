/** Lets nobody in without the key, and answers them as each service of AWS does. */
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { errorReply } from "./json-service.ts";
import { isQuery } from "./query-protocol.ts";
import { findSignatureFault, type SignatureFault, type SignedRequest } from "./signature.ts";
import { type AwsReply, ServiceError } from "./wire.ts";

const HINT = "This is Bursar's AWS on this machine: use the key that `npm start` prints.";

const REFUSALS: Record<SignatureFault, { name: string; queryName: string; message: string }> = {
  missing: {
    name: "MissingAuthenticationTokenException",
    queryName: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token.",
  },
  unknown: {
    name: "UnrecognizedClientException",
    queryName: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
  },
  wrong: {
    name: "InvalidSignatureException",
    queryName: "SignatureDoesNotMatch",
    message: "The request signature we calculated does not match the signature you provided.",
  },
};

/** @returns what is answered instead, or undefined when the request may go on */
export function refuseUnsigned(request: SignedRequest, key: AccessKey): AwsReply | undefined {
  const fault = findSignatureFault(request, key);
  if (!fault) return undefined;
  const { name, queryName, message } = REFUSALS[fault];
  // SQS has kept the codes and the status of the older protocol.
  const isOlder =
    String(request.headers["x-amz-target"]).startsWith("AmazonSQS.") || isQuery(request.headers);
  const error = new ServiceError(name, `${message} ${HINT}`, isOlder ? 403 : 400);
  const reply = errorReply(error, undefined, "com.amazon.coral.service#");
  if (!isOlder) return reply;
  return { ...reply, headers: { ...reply.headers, "x-amzn-query-error": `${queryName};Sender` } };
}
