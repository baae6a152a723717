/** What anyone can see of a deployment, and what must be refused to anyone. */
import { clientConfigSchema } from "#workflow/client-config.ts";
import { coursesAnswerSchema, healthAnswerSchema, ROUTES } from "#workflow/contract.ts";
import { type Check, expectSame } from "./check.ts";
import type { Site } from "./site.ts";

export function visitorChecks(site: Site): Check[] {
  return [
    {
      name: "the API is healthy",
      run: async () => (await site.ask(healthAnswerSchema, "/api/health")).status,
    },
    {
      name: "the catalogue has courses",
      run: async () => {
        const { courses, next } = await site.ask(coursesAnswerSchema, "/api/courses");
        if (courses.length === 0) throw new Error("it is empty; write courses with npm run seed");
        return `${courses.length}${next ? " and more" : ""} courses`;
      },
    },
    { name: "students' requests without a token are refused", run: () => refuseStrangers(site) },
    {
      name: "students' requests with a made-up token are refused",
      run: () => refuseStrangers(site, { authorization: "Bearer made.up.token" }),
    },
    { name: "a webhook request with a bad signature is refused", run: () => refuseForgery(site) },
    {
      name: "the client is told its configuration",
      run: async () => {
        const config = await site.ask(clientConfigSchema, "/config.json");
        if (!/^pk_(test|live)_/.test(config.stripePublishableKey))
          throw new Error("it has no publishable key; deploy again with -c stripePublishableKey=pk_...");
        return config.oidcIssuer;
      },
    },
    {
      name: "sign-in can be discovered",
      run: async () => {
        const { oidcIssuer } = await site.ask(clientConfigSchema, "/config.json");
        const discovery = await site.request(`${oidcIssuer}/.well-known/openid-configuration`);
        expectSame("the answer's status", discovery.status, 200);
        expectSame("the issuer", ((await discovery.json()) as { issuer?: string }).issuer, oidcIssuer);
        return "issuer agrees";
      },
    },
  ];
}

async function refuseStrangers(site: Site, headers: Record<string, string> = {}): Promise<string> {
  const routes = ROUTES.filter(({ access }) => access === "student");
  for (const { method, path } of routes) {
    const { status } = await site.request(path.replace(/\{\w+\}/g, "any"), { method, headers });
    expectSame(`the status of ${method} ${path}`, status, 401);
  }
  return `401 on ${routes.length} routes`;
}

async function refuseForgery(site: Site): Promise<string> {
  const webhook = ROUTES.find(({ access }) => access === "stripe");
  const { status } = await site.request(webhook?.path ?? "", {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": "t=1,v1=00" },
    body: JSON.stringify({ id: "evt_forged", type: "checkout.session.completed" }),
  });
  expectSame("the status", status, 400);
  return "400";
}
