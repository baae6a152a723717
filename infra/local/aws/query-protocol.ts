/** AWS's older protocol, a form that is answered in XML: what STS still speaks, put into the JSON that is spoken here. */

import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { AwsReply } from "./wire.ts";

export const isQuery = (headers: IncomingHttpHeaders): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true &&
  headers["x-amz-target"] === undefined;

/** @returns what X-Amz-Target would be: the service that the request is signed for, and the form's Action */
export function readQuery({ authorization = "" }: IncomingHttpHeaders, body: string) {
  const service = /Credential=[^/]*\/\d*\/[^/]*\/([\w-]+)\//.exec(authorization)?.[1] ?? "";
  const { Action = "", ...input } = Object.fromEntries(new URLSearchParams(body));
  return { target: `${service}.${Action}`, body: JSON.stringify(input) };
}

/** @param reply whose body is an object of texts, or an error as `errorReply` makes them */
export function toQueryReply(action: string, reply: AwsReply): AwsReply {
  const { status, headers, body } = reply;
  const requestId = randomUUID();
  const output = JSON.parse(body) as Record<string, string>;
  const code = headers["x-amzn-query-error"]?.split(";")[0] ?? asQueryCode(headers["x-amzn-errortype"] ?? "");
  const error = { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: output["message"] ?? "" };
  const text =
    status === 200
      ? element(
          `${action}Response`,
          element(`${action}Result`, fields(output)) +
            element("ResponseMetadata", fields({ RequestId: requestId })),
        )
      : element("ErrorResponse", element("Error", fields(error)) + fields({ RequestId: requestId }));
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId }, body: text };
}

const asQueryCode = (name: string) => (name === "UnknownOperationException" ? "InvalidAction" : name);

const element = (name: string, content: string) => `<${name}>${content}</${name}>`;

const fields = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => element(name, escapeXml(value)))
    .join("");

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (text: string) => text.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
