/** An answer in the form in which the recordings have it: as boto3 hands it to its users. */
import type { AwsService } from "#infra/local/aws/wire.ts";

export type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
export type Body = { [field: string]: Json };

export interface Answer {
  operation: string;
  /** What was answered itself. */
  body: Body;
  /** As recorded. */
  told: Json;
  /** Of the error, if it is one. */
  error: string | undefined;
}

export async function call(service: AwsService, operation: string, input: object): Promise<Answer> {
  const request = { operation, target: `Judged.${operation}`, headers: {}, body: JSON.stringify(input) };
  const { status, headers, body: text } = await service({ ...request, isAbandoned: () => false });
  const body = JSON.parse(text) as Body;
  const metadata = { ResponseMetadata: { HTTPHeaders: {}, HTTPStatusCode: status } };
  if (status === 200) return { operation, body, told: { ...body, ...metadata }, error: undefined };
  const { __type, message, ...rest } = body;
  const name = asText(__type).split("#").at(-1) ?? "";
  const [older, type] = headers["x-amzn-query-error"]?.split(";") ?? [];
  const ofQueries = older && type && { QueryErrorCode: name, Type: type };
  const error = { Code: older ?? name, Message: message ?? "", ...ofQueries };
  return { operation, body, told: { Error: error, ...rest, ...metadata }, error: name };
}

/** Of a field that is a text where it is at all. */
export const asText = (value: Json | undefined): string => (typeof value === "string" ? value : "");

/** What such an error says when it is printed. */
export function asSentence({ operation, told }: Answer): Json {
  const { Code, Message } = (told as { Error?: { Code?: string; Message?: string } }).Error ?? {};
  return `An error occurred (${Code}) when calling the ${operation} operation: ${Message}`;
}
