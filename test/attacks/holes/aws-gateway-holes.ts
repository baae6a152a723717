/** Holes in who may call the deployed API, whose authorizer is API Gateway's own. */
import type { Hole } from "./hole.ts";

const inRoutes = { file: "infra/aws/parts/http-routes.ts" };
const test = (title: string) => ({ file: "test/infra/aws/stacks/front-door.test.ts", title });

export const AWS_GATEWAY_HOLES: Hole[] = [
  {
    attack: "API: no token",
    hole: "on AWS only what writes asks for a token",
    ...inRoutes,
    replace: 'access === "student" && { authorizer',
    by: 'access === "student" && method === "POST" && { authorizer',
    test: test("asks for a student's access token on every student route"),
  },
  {
    attack: "API: wrong audience",
    hole: "on AWS a token for another client is accepted",
    ...inRoutes,
    replace: "jwtAudience: [issuer.clientId]",
    by: 'jwtAudience: [issuer.clientId, "another-client"]',
    test: test("believes tokens that the user pool issued to the client, and none else"),
  },
  {
    attack: "API: id token",
    hole: "on AWS no scope is asked for",
    ...inRoutes,
    replace: 'authorizationScopes: ["openid"]',
    by: "authorizationScopes: []",
    test: test("asks for a student's access token on every student route"),
  },
];
