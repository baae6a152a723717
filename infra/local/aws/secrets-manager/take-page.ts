/** A page of a list, by the names of what is in it. */
import { ServiceError } from "../wire.ts";

const LARGEST_PAGE = 100;

export const invalid = (message: string) => new ServiceError("InvalidParameterException", message);

interface PageRequest {
  MaxResults?: number | undefined;
  NextToken?: string | undefined;
}

/** @throws InvalidParameterException, InvalidNextTokenException */
export function takePage(names: string[], { MaxResults, NextToken }: PageRequest) {
  const start = startOf(names, NextToken);
  const end = start + readLimit(MaxResults);
  const page = names.slice(start, end);
  return { page, ...(end < names.length && { NextToken: toToken(page.at(-1) ?? "") }) };
}

function readLimit(most: unknown): number {
  if (most === undefined) return LARGEST_PAGE;
  if (Number.isInteger(most) && Number(most) >= 1 && Number(most) <= LARGEST_PAGE) return Number(most);
  throw invalid(`MaxResults must be between 1 and ${LARGEST_PAGE}.`);
}

/** It tells the last thing of the page before. */
const toToken = (name: string) => Buffer.from(name).toString("base64url");

function startOf(names: string[], token: string | undefined): number {
  if (token === undefined) return 0;
  const last = names.findIndex((name) => toToken(name) === token);
  if (last >= 0) return last + 1;
  throw new ServiceError("InvalidNextTokenException", "The NextToken is of no page of this list.");
}
