/** Whether the payment page is served as these sources build it: nobody has changed its headers, its text or its scripts. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod/mini";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { imageOriginsOf } from "#infra/deployment/seller.ts";
import { clientConfigSchema } from "#workflow/client-config.ts";
import { coursesAnswerSchema } from "#workflow/contract.ts";
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
    {
      name: "a course's page says which course it is, and is otherwise the same",
      run: () => compareCoursePage(site, build),
    },
    {
      name: "what is not there is answered 404, with the client's page",
      run: () => lookForNothing(site, build),
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
    images: imageOriginsOf(config.seller ?? {}),
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

/** What the API adds to a page are tags that run nothing, and they stand together at the end of the head. */
async function compareCoursePage(site: Site, build: string): Promise<string> {
  const { courses } = await site.ask(coursesAnswerSchema, "/api/courses");
  const [course] = courses;
  if (!course) return "there is no course";
  const response = await site.request(`/courses/${course.courseId}`);
  expectSame("the status", response.status, 200);
  const page = await response.text();
  const built = await readFile(path.join(build, "index.html"), "utf8");
  expectSame(
    "the page without what it says of the course",
    withoutDescription(page),
    withoutDescription(built),
  );
  if (!page.includes('property="og:title"')) throw new Error("it does not say which course it is");
  return course.courseId;
}

const withoutDescription = (page: string) =>
  page
    .replaceAll(
      /<title>[^<]*<\/title>|<meta (?:name="description"|property="og:[^"]*"|name="twitter:card")[^>]*>/g,
      "",
    )
    .replaceAll(/\s+/g, "");

async function lookForNothing(site: Site, build: string): Promise<string> {
  const built = withoutDescription(await readFile(path.join(build, "index.html"), "utf8"));
  const addresses = [
    "/there-is-no-such-page",
    "/there-is-no-such-file.txt",
    "/courses/THERE-IS-NO-SUCH-COURSE",
  ];
  for (const address of addresses) {
    const response = await site.request(address);
    expectSame(`the status of ${address}`, response.status, 404);
    expectSame(`the page at ${address}`, withoutDescription(await response.text()), built);
  }
  return `404 at ${addresses.length} addresses`;
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
