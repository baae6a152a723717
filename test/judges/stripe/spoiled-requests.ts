/** Requests that are right but for one thing: a parameter that nobody knows, one of the wrong type, one too long, one gone. */
import type { Exchange } from "#test/support/record-exchanges.ts";
import type { OpenApi } from "./open-api.ts";

export interface SpoiledRequest {
  method: string;
  /** With its query. */
  path: string;
  /** As a form. */
  body: string;
  /** The request and what is wrong with it. */
  what: string;
  /** Why Stripe refuses it, if that is known without asking stripe-mock, which looks at no lengths. */
  because?: string;
}

type Parameters = [name: string, value: string][];
type Spoiled = [what: string, parameters: Parameters, because?: string];

/** @returns each kind of request once, spoiled in every way */
export function spoilOnce(exchanges: Exchange[], api: OpenApi): SpoiledRequest[] {
  const all = exchanges.flatMap(({ method, path, requestBody }) => {
    const [address = ""] = path.split("?");
    const longest = (name: string) => api.longest(method, path, name);
    return spoil(parametersOf({ method, path, requestBody }), longest).map(
      ([what, parameters, because]): SpoiledRequest => {
        const form = new URLSearchParams(parameters).toString();
        return {
          method,
          ...(method === "GET" ? { path: `${address}?${form}`, body: "" } : { path: address, body: form }),
          what: `${method} ${withoutIds(address)} with ${what}`,
          ...(because && { because }),
        };
      },
    );
  });
  return [...new Map(all.map((one) => [one.what, one])).values()];
}

/** What it asks with, wherever it stands. */
export function parametersOf({
  method,
  path,
  requestBody,
}: Pick<Exchange, "method" | "path" | "requestBody">): Parameters {
  const [, query = ""] = path.split("?");
  return [...new URLSearchParams(method === "GET" ? query : requestBody)];
}

export const withoutIds = (address: string) => address.replaceAll(/\w+_\w{12,}/g, ":id");

function spoil(right: Parameters, longest: (name: string) => number | undefined): Spoiled[] {
  const replaced = (at: number, ...parameter: Parameters) => right.toSpliced(at, 1, ...parameter);
  const added = ["colour", "metadata[colour][deep]", "expand"];
  return [
    ...added.map((name): Spoiled => [`${name} added`, [...right, [name, "blue"]]]),
    ...right.flatMap(([name], at): Spoiled[] => {
      const most = longest(name);
      const tooLong = "x".repeat((most ?? 0) + 1);
      return [
        // A list that begins with its second element is no list.
        ...(/\[\d+\]$/.test(name) ? [] : [[`${name} gone`, replaced(at)] as Spoiled]),
        ...["blue", "1.5", ""].map((value): Spoiled => [`${name} = "${value}"`, replaced(at, [name, value])]),
        [`${name}[colour]`, replaced(at, [`${name}[colour]`, "blue"])],
        ...(most ? [[`${name} too long`, replaced(at, [name, tooLong]), `at most ${most}`] as Spoiled] : []),
      ];
    }),
  ];
}
