import { expect, test } from "vitest";
import { runChecks } from "#infra/operate/smoke/check.ts";
import { pageChecks } from "#infra/operate/smoke/page-checks.ts";
import { openSite } from "#infra/operate/smoke/site.ts";
import { useBuiltClient } from "#test/support/served-client.ts";

const built = useBuiltClient();

async function failures(url: string): Promise<string[]> {
  const results = await runChecks(pageChecks(openSite(url), built.directory), () => {});
  expect(results).toHaveLength(5);
  return results.flatMap(({ passed, detail }) => (passed ? [] : [detail]));
}

test("a page that is served as it was built passes", async () => {
  expect(await failures((await built.serve()).url)).toEqual([]);
});

test("a page with one more script is found out", async () => {
  const { url, alter } = await built.serve();
  await alter("index.html", (html) => html.replace("</head>", '<script src="/s.js"></script></head>'));
  expect(await failures(url)).toEqual([
    expect.stringContaining("the page's digest is") as string,
    expect.stringContaining("the page without what it says of the course is") as string,
    expect.stringContaining("the page at /there-is-no-such-page is") as string,
  ]);
});

test("a script that was changed where it lies is found out by its name", async () => {
  const { url, alter } = await built.serve();
  await alter("assets/CheckoutPage", (code) => `${code};steal();`);
  expect(await failures(url)).toEqual([
    expect.stringMatching(/^the digest of \/assets\/CheckoutPage-.+\.js is/) as string,
  ]);
});

test.each<[string, (policy: string) => string]>([
  ["lets another site's script in", (policy) => policy.replace("script-src", "script-src https://s.example")],
  ["sends to another site", (policy) => policy.replace("connect-src", "connect-src https://s.example")],
  ["tells nobody", (policy) => policy.replace("; report-uri /api/csp-reports", "")],
  ["is gone", () => ""],
])("a policy that %s is found out", async (_what, change) => {
  expect(await failures((await built.serve(change)).url)).toEqual([
    expect.stringContaining("the Content-Security-Policy is") as string,
  ]);
});
