import { beforeAll, expect, test } from "vitest";
import { readTracked, trackedFiles } from "#test/house/tracked-files.ts";
import type { Exchange } from "#test/support/record-exchanges.ts";
import { sellAndLookBack } from "./product-flows.ts";
import { recordSetUp } from "./recorded-set-up.ts";
import { withRecordedStandIn } from "./recorded-stand-in.ts";

let asked: Exchange[] = [];
beforeAll(async () => {
  const sold = await withRecordedStandIn(async ({ exchanges, url }) => {
    await sellAndLookBack(url);
    return exchanges;
  });
  asked = [...sold, ...(await recordSetUp())].filter(({ path }) => path.startsWith("/v1/"));
}, 60_000);

/** As the SDK calls it, e.g. `checkout.sessions.expire`. */
function methodOf({ method, path }: Exchange): string {
  const [, , ...parts] = path.split("?")[0]?.split("/") ?? [];
  const resource = parts[0] === "checkout" ? parts.splice(0, 2).join(".") : (parts.shift() ?? "");
  const [id, action] = parts;
  const verbs = { GET: id ? "retrieve" : "list", DELETE: "del" } as Record<string, string>;
  const verb = action ?? verbs[method] ?? (id ? "update" : "create");
  return `${resource.replace("_e", "E")}.${verb}`;
}

test("a day at the shop asks everything that Bursar asks of Stripe anywhere", () => {
  const sources = trackedFiles.filter((file) => /^(handlers|infra\/operate)\/.*\.ts$/.test(file));
  const calls = sources
    .map(readTracked)
    .filter((text) => text.includes(`from "stripe"`))
    .flatMap((text) => [
      ...text.matchAll(/\b((?:checkout\.)?[a-zA-Z]+)\.(create|del|expire|list|retrieve|update)\(/g),
    ])
    .map(([, resource, verb]) => `${resource}.${verb}`);

  expect(new Set(calls).size).toBeGreaterThan(8);
  expect([...new Set(calls)].filter((call) => !asked.map(methodOf).includes(call))).toEqual([]);
});

test("the stand-in, which knows the SDK's types, takes all of it", () => {
  expect(asked.filter(({ status }) => status >= 400)).toEqual([]);
});
