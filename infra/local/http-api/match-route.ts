/** Finds the route of a request, as API Gateway does. */
import type { PAGE_ROUTES } from "#infra/deployment/page-routes.ts";
import type { ROUTES } from "#workflow/contract.ts";

export type Route = (typeof ROUTES | typeof PAGE_ROUTES)[number];

export interface MatchedRoute {
  route: Route;
  /** Decoded. */
  pathParameters: Record<string, string>;
}

/**
 * @param path still percent-encoded, without the query
 * @throws URIError when a parameter is not decodable
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): MatchedRoute | undefined {
  for (const route of routes) {
    const pathParameters = route.method === method ? matchPath(route.path, path) : undefined;
    if (pathParameters) return { route, pathParameters };
  }
  return undefined;
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const segment = given[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name === undefined ? segment !== want : segment === "") return undefined;
    if (name !== undefined) parameters[name] = decodeURIComponent(segment);
  }
  return parameters;
}
