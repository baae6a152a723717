/** Whether the payment page is served as these sources build it: nobody has changed its headers, its text or its scripts. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { clientConfigSchema } from "#workflow/contract.ts";
import { type Check, expectSame } from "./check.ts";
import type { Site } from "./site.ts";

const PAGE = "/checkout/any";

const discoverySchema = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });

/** @param build what `vite build` has written of these sources */
export function pageChecks(site: Site, build: string): Check[] {
  return [
    { name: "the payment page has the headers of these sources", run: () => compareHeaders(site) },
    {
      name: "the payment page is the one that these sources build",
      run: async () => {
        const page = await (await site.request(PAGE)).text();
        expectSame(
          "the page's digest",
          digestOf(page),
          digestOf(await readFile(path.join(build, "index.html"))),
        );
        return "same text";
      },
    },
    {
      name: "its scripts and styles are those that these sources build",
      run: () => compareFiles(site, build),
    },
  ];
}

async function compareHeaders(site: Site): Promise<string> {
  const { headers } = await site.request(PAGE);
  const config = await site.ask(clientConfigSchema, "/config.json");
  const isHttps = site.url.startsWith("https:");
  const wanted = contentSecurityPolicy({
    issuer: [],
    isHttps,
    ...(config.stripeJsUrl && { stripe: [new URL(config.stripeJsUrl).origin] }),
  });
  const issuer = await originsOf(config.oidcIssuer, site);
  const served = (headers.get("content-security-policy") ?? "")
    .split(" ")
    // Where students sign in is the deployment's own; a source beside that is one too many.
    .map((word) => (issuer.has(word.replace(/;$/, "")) ? word.replace(/^[^;]*/, "") : word))
    .join(" ")
    .replaceAll(/ +(;|$)/g, "$1")
    .replaceAll(/ +/g, " ");
  expectSame("the Content-Security-Policy", served, wanted);
  expectSame("X-Content-Type-Options", headers.get("x-content-type-options"), "nosniff");
  if (isHttps) expectSame("X-Frame-Options", headers.get("x-frame-options"), "DENY");
  return "policy and headers agree";
}

/** The issuer and where it really signs people in, which with Cognito are two sites. */
async function originsOf(oidcIssuer: string, site: Site): Promise<Set<string>> {
  const discovery = await site.request(`${oidcIssuer}/.well-known/openid-configuration`);
  const { authorization_endpoint, token_endpoint } = discoverySchema.parse(await discovery.json());
  return new Set([oidcIssuer, authorization_endpoint, token_endpoint].map((url) => new URL(url).origin));
}

async function compareFiles(site: Site, build: string): Promise<string> {
  const names = await readdir(path.join(build, "assets"));
  for (const name of names) {
    const response = await site.request(`/assets/${name}`);
    const served = new Uint8Array(await response.arrayBuffer());
    const built = await readFile(path.join(build, "assets", name));
    expectSame(`the digest of /assets/${name}`, digestOf(served), digestOf(built));
  }
  return `${names.length} files agree`;
}

const digestOf = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
