import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { useBuiltClient } from "#test/support/served-client.ts";

const built = useBuiltClient();

const read = (name: string) => readFile(path.join(built.directory, name));
const listAssets = async () =>
  (await readdir(path.join(built.directory, "assets"))).map((name) => `/assets/${name}`);
const digestOf = async (address: string) =>
  `sha384-${createHash("sha384")
    .update(await read(address))
    .digest("base64")}`;

test("the page has the digest of each script and style beside its address", async () => {
  const html = (await read("index.html")).toString();
  const tags = html.match(/<(?:script|link)\b[^>]*"\/assets\/[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThanOrEqual(3);
  for (const tag of tags) {
    const [, address = ""] = /"(\/assets\/[^"]+)"/.exec(tag) ?? [];
    expect(tag).toContain(`integrity="${await digestOf(address)}"`);
    expect(tag).toContain("crossorigin");
  }
});

test("the page has the digest of every script and style that can come later", async () => {
  const [, json = ""] =
    /<meta name="digests" content="([^"]+)"/.exec((await read("index.html")).toString()) ?? [];
  const digests = JSON.parse(json.replaceAll("&quot;", '"')) as Record<string, string>;
  const assets = await listAssets();
  expect(assets.length).toBeGreaterThan(8);
  expect(Object.keys(digests).sort()).toEqual(assets.sort());
  for (const address of assets) expect(digests[address]).toBe(await digestOf(address));
});

test("no script has another's digest in it: a cache keeps it under its name for ever", async () => {
  for (const address of await listAssets()) expect((await read(address)).toString()).not.toContain("sha384-");
});

test("whatever comes later is preloaded, and so verified", async () => {
  for (const address of (await listAssets()).filter((one) => one.endsWith(".js"))) {
    const code = (await read(address)).toString();
    const imports = code.match(/\bimport\(`\.\/[^`]+`\),(__vite__mapDeps\(\[\d[\d,]*\]\))?/g) ?? [];
    for (const found of imports) expect(found).toContain("__vite__mapDeps");
  }
});
