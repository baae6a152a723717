/** What Bursar asks of Stripe, and the same with one fault each, beside what stripe-mock says to it. */
import type { Exchange } from "#test/support/record-exchanges.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { type OpenApi, readOpenApi } from "./open-api.ts";
import { sellAndLookBack } from "./product-flows.ts";
import { recordSetUp } from "./recorded-set-up.ts";
import { SECRET_KEY, withRecordedStandIn } from "./recorded-stand-in.ts";
import { parametersOf, type SpoiledRequest, spoilOnce, withoutIds } from "./spoiled-requests.ts";
import { findDescription, startStripeMock } from "./stripe-mock.ts";

export async function judgeStripeRequests(announce: (step: string) => void): Promise<Verdict> {
  announce("building stripe-mock");
  const api = readOpenApi(await findDescription());
  const mock = await startStripeMock();
  const verdict = emptyVerdict("stripe requests");
  try {
    await withRecordedStandIn(async ({ exchanges, url }) => {
      announce("selling and looking back");
      await sellAndLookBack(url).catch((error: Error) =>
        note(verdict, "a day at the shop", "every request is taken", error.message),
      );
      const asked = exchanges.filter(({ path }) => path.startsWith("/v1/"));
      for (const exchange of [...asked, ...(await recordSetUp())]) {
        await judgeAsked(exchange, mock.url, verdict);
        judgeLengths(exchange, api, verdict);
      }
      announce("asking for what is wrong");
      for (const spoiled of spoilOnce(asked, api)) await judgeSpoiled(spoiled, mock.url, url, verdict);
    });
    return verdict;
  } finally {
    await mock.stop();
  }
}

/** What the product asks is taken by both. */
async function judgeAsked(exchange: Exchange, mockUrl: string, verdict: Verdict): Promise<void> {
  const { method, path, requestBody: body, status } = exchange;
  const theirs = await ask(mockUrl, { method, path, body }, exchange.headers);
  if (theirs.status < 400 && status < 400) verdict.equal += 1;
  else note(verdict, `${method} ${withoutIds(path)}`, theirs.words, String(status));
}

function judgeLengths(exchange: Exchange, api: OpenApi, verdict: Verdict): void {
  const { method, path } = exchange;
  for (const [name, value] of parametersOf(exchange)) {
    const most = api.longest(method, path, name) ?? Infinity;
    if (value.length <= most) continue;
    note(verdict, `${method} ${withoutIds(path)} ${name}`, `at most ${most}`, String(value.length));
  }
}

/** What is refused without knowing anything of the account is refused by the stand-in, too. */
async function judgeSpoiled(spoiled: SpoiledRequest, mockUrl: string, url: string, verdict: Verdict) {
  const theirs = spoiled.because ? { status: 400, words: spoiled.because } : await ask(mockUrl, spoiled);
  if (theirs.status < 400) return;
  const ours = await ask(url, spoiled);
  if (ours.status >= 400 && ours.status < 500) verdict.equal += 1;
  else note(verdict, spoiled.what, theirs.words, `${ours.status} ${ours.words}`);
}

function note({ differences }: Verdict, what: string, theirs: string, ours: string): void {
  if (!differences.some((one) => one.what === what)) differences.push({ what, theirs, ours });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

async function ask(
  url: string,
  { method, path, body }: Pick<SpoiledRequest, "method" | "path" | "body">,
  headers: Record<string, string> = FORM,
): Promise<{ status: number; words: string }> {
  const response = await fetch(url + path, {
    method,
    headers: { ...headers, authorization: `Bearer ${SECRET_KEY}` },
    ...(body && { body }),
  });
  const { error } = (await response.json()) as { error?: { message?: string } };
  // It names its validators by their addresses in memory.
  const words = (error?.message ?? "taken").replaceAll(/validator 0x\w+ failed: /g, "");
  return { status: response.status, words };
}
