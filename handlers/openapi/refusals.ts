/** How requests are refused: what every route of its kind may answer, and what is a route's own. */
import type { ROUTES } from "#workflow/contract.ts";
import type { Operation } from "./operations.ts";

type Route = (typeof ROUTES)[number];

interface Refusal {
  /** Of the API's own error; none: only the gateway answers so. */
  codes: string[];
  /** The gateway may answer so, too, in a shape of its own. */
  byGateway: boolean;
  header?: [name: string, description: string];
}

/** @returns by status, as OpenAPI describes an answer */
export function refusalsOf(route: Route, operation: Operation): Record<string, object> {
  const refusals = commonTo(route, operation);
  for (const [status, codes] of Object.entries(operation.refusals ?? {})) {
    const common = refusals[status] ?? { codes: [], byGateway: false };
    refusals[status] = { ...common, codes: [...new Set([...common.codes, ...codes])] };
  }
  return Object.fromEntries(Object.entries(refusals).map(([status, refusal]) => [status, describe(refusal)]));
}

function commonTo({ access }: Route, { parameters = [], request }: Operation): Record<string, Refusal> {
  const hasPath = parameters.some((parameter) => parameter.in === "path");
  const unreadable = { codes: ["invalid_request"], byGateway: true };
  const isApi = access !== "stripe";
  return {
    ...((hasPath || (request && isApi)) && { 400: unreadable }),
    ...(access === "student" && {
      401: {
        codes: ["unauthorized"],
        byGateway: true,
        header: ["www-authenticate", "Why the token was refused"],
      },
      403: { codes: [], byGateway: true, header: ["www-authenticate", "Which scope the token lacks"] },
    }),
    // A path with an encoded slash is another path.
    ...(hasPath && { 404: { codes: ["not_found"], byGateway: true } }),
    ...(request && { 413: { codes: ["body_too_large"], byGateway: true } }),
    ...(request && isApi && { 415: { codes: ["invalid_request"], byGateway: false } }),
    429: {
      codes: [],
      byGateway: true,
      header: ["retry-after", "Seconds to wait, where the API itself refused"],
    },
    500: { codes: isApi ? ["internal_error"] : [], byGateway: true },
    503: { codes: [], byGateway: true },
  };
}

function describe({ codes, byGateway, header }: Refusal): object {
  const shapes = [
    ...(codes.length > 0 ? [errorOf(codes)] : []),
    ...(byGateway ? [{ $ref: "#/components/schemas/GatewayMessage" }] : []),
  ];
  return {
    description: codes.length > 0 ? codes.join(", ") : "Refused by the gateway",
    ...(header && {
      headers: { [header[0]]: { description: header[1], schema: { type: "string" } } },
    }),
    content: { "application/json": { schema: shapes.length > 1 ? { anyOf: shapes } : shapes[0] } },
  };
}

const errorOf = (codes: string[]) => ({
  allOf: [
    { $ref: "#/components/schemas/Error" },
    { properties: { error: { properties: { code: { enum: codes } } } } },
  ],
});
