import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import { english } from "#client/words/english.ts";
import type { Stage } from "#workflow/contract.ts";
import { ada, ordinaryAnswers, readHeading, refuse, serveApi, summaryAt, visit } from "./student-site.tsx";

const RECEIPT = "GET /api/purchases/cs_1/receipt";
const settled = { amountTotal: 4410, settledAt: "2026-10-03T12:01:00.000Z", document: "receipt" as const };

const STAGE_WORDS = english.purchases.stages;
const { paidTwice, ...ofStages } = STAGE_WORDS;
const stages = Object.keys(ofStages) as Stage[];
const hrefOf = (link: HTMLElement) => link.getAttribute("href");
const purchase = (checkoutSessionId = "cs_1") => within(screen.getByTestId(`purchase-${checkoutSessionId}`));

beforeEach(() => keepSession(ada));

async function visitPurchases(purchases: unknown[], answers: object = {}) {
  serveApi({ ...ordinaryAnswers, "GET /api/purchases": () => ({ purchases }), ...answers });
  visit("/purchases");
  expect(await readHeading()).toBe("Purchases");
}

test("a purchase is listed with its course, its day, what was charged and what has become of it", async () => {
  await visitPurchases([summaryAt("enrolled", settled)]);
  expect(hrefOf(purchase().getByRole("link", { name: "Reliable Payments" }))).toBe("/courses/PAID-1");
  for (const text of ["October 3, 2026", "$44.10", "Enrolled"])
    expect(purchase().getByText(text)).toBeTruthy();
  expect(screen.queryByText(/refunded/)).toBeNull();
});

test("before anything is charged the amount is what was agreed; what nobody knows is left out", async () => {
  const unknown = { checkoutSessionId: "cs_2", unitAmount: null, currency: null, openedAt: null };
  await visitPurchases([summaryAt("open"), summaryAt("open", unknown)]);
  expect(purchase().getByText("$49.00")).toBeTruthy();
  expect(screen.getByTestId("purchase-cs_2").textContent).not.toMatch(/null|undefined|NaN|\$/);
});

test("what went back is shown beside what was paid", async () => {
  await visitPurchases([summaryAt("enrolled", { ...settled, amountRefunded: 1000 })]);
  expect(purchase().getByText("$10.00")).toBeTruthy();
  expect(purchase().getByText("Refunded")).toBeTruthy();
});

test("each stage has words of its own", async () => {
  await visitPurchases(stages.map((stage) => summaryAt(stage, { checkoutSessionId: stage })));
  for (const stage of stages) expect(purchase(stage).getByText(STAGE_WORDS[stage])).toBeTruthy();
  expect(new Set(Object.values(STAGE_WORDS)).size).toBe(stages.length + 1);
});

test("what is not finished can be followed or gone on with, and nothing else can", async () => {
  await visitPurchases(stages.map((stage) => summaryAt(stage, { checkoutSessionId: stage })));
  const ways = stages.map((stage) => [
    stage,
    ...purchase(stage)
      .queryAllByRole("link", { name: /: Reliable Payments$/ })
      .map(hrefOf),
  ]);
  expect(ways).toEqual([
    ["open", "/checkout/PAID-1"],
    ["processing", "/checkout/return?session_id=processing"],
    ["paid", "/checkout/return?session_id=paid"],
    ["enrolled", "/courses/PAID-1"],
    ["needs_attention", "/checkout/return?session_id=needs_attention"],
    ["withdrawn"],
    ["refunded"],
    ["expired"],
  ]);
});

test("of a second payment it is said that it is one, and the course is there all the same", async () => {
  const accessUrl = "https://learn.example/1";
  await visitPurchases([summaryAt("needs_attention", { ...settled, enrolled: true, accessUrl })]);
  expect(purchase().getByText(paidTwice)).toBeTruthy();
  expect(hrefOf(purchase().getByRole("link", { name: /^Go to course/ }))).toBe(accessUrl);
});

test("a form that leads nowhere any more is not offered, and why is said", async () => {
  await visitPurchases([summaryAt("open", { canContinue: false })]);
  expect(purchase().getByText("The course is no longer offered")).toBeTruthy();
  expect(purchase().queryByRole("link", { name: /^Continue/ })).toBeNull();
});

test("older purchases are read when they are asked for, and a page that fails can be asked for again", async () => {
  const older = [summaryAt("enrolled", { checkoutSessionId: "cs_0" })];
  let isDown = true;
  serveApi({
    ...ordinaryAnswers,
    "GET /api/purchases": () => ({ purchases: [summaryAt("enrolled")], next: "cs_1" }),
    "GET /api/purchases?after=cs_1": () => (isDown ? undefined : { purchases: older }),
  });
  visit("/purchases");
  await readHeading();
  await userEvent.click(screen.getByRole("button", { name: "Show more purchases" }));
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Show more purchases" }));
  await screen.findByTestId("purchase-cs_0");
  expect(screen.getByTestId("purchase-cs_1")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show more purchases" })).toBeNull();
});

test("without purchases there is a sentence and the way to the catalogue", async () => {
  await visitPurchases([]);
  expect(screen.getByText("You have not bought any course yet.")).toBeTruthy();
  expect(hrefOf(screen.getByRole("link", { name: "See all courses" }))).toBe("/");
});

test("an API that is down is a sentence with a way on, and retrying works", async () => {
  let isDown = true;
  serveApi({ "GET /api/purchases": () => (isDown ? undefined : { purchases: [] }) });
  visit("/purchases");
  expect(await readHeading()).toBe("That did not work");
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  await screen.findByRole("heading", { level: 1, name: "Purchases" });
});

test("a student who is signed out is asked to sign in", async () => {
  keepSession(null);
  serveApi({});
  visit("/purchases");
  expect(await readHeading()).toBe("Please sign in");
});

test("it is found from every page on a wide screen, and from my courses on each", async () => {
  serveApi(ordinaryAnswers);
  visit("/my-courses");
  await readHeading();
  expect(hrefOf(screen.getByRole("link", { name: "Purchases" }))).toBe("/purchases");
  expect(hrefOf(screen.getByRole("link", { name: "Purchases and receipts" }))).toBe("/purchases");
});

describe("the receipt", () => {
  const url = "https://pay.stripe.com/receipts/1";
  const replace = vi.fn();
  const close = vi.fn();
  let tab: { opener: unknown; location: { replace: typeof replace }; close: typeof close } | null;

  beforeEach(() => {
    vi.clearAllMocks();
    tab = { opener: window, location: { replace }, close };
    vi.stubGlobal("open", () => tab);
  });

  const ask = async (answer: () => unknown) => {
    await visitPurchases([summaryAt("enrolled", settled)], { [RECEIPT]: answer });
    await userEvent.click(screen.getByRole("button", { name: "Receipt: Reliable Payments" }));
  };

  test("is shown in a tab of its own that cannot reach back", async () => {
    await ask(() => ({ url }));
    await waitFor(() => expect(replace.mock.calls).toEqual([[url]]));
    expect(tab?.opener).toBeNull();
    expect(close).not.toHaveBeenCalled();
  });

  test("is a link when the browser opens no tab", async () => {
    tab = null;
    await ask(() => ({ url }));
    const link = await screen.findByRole("link", { name: "Receipt: Reliable Payments" });
    expect([hrefOf(link), link.getAttribute("rel")]).toEqual([url, "noopener noreferrer"]);
  });

  test.each([
    [
      "that is not there",
      () => refuse(404, "receipt_not_found", "There is no receipt."),
      "There is no receipt for this purchase.",
    ],
    [
      "whose address is a script",
      () => ({ url: "javascript:attacked=1" }),
      "Something went wrong on our side.",
    ],
  ])("%s is a sentence, and the tab is closed", async (_what, answer, sentence) => {
    await ask(answer);
    expect((await screen.findByRole("alert")).textContent).toContain(sentence);
    expect(close).toHaveBeenCalledOnce();
    expect(replace).not.toHaveBeenCalled();
  });

  test("is not offered before anything is paid", async () => {
    await visitPurchases([summaryAt("processing")]);
    expect(screen.queryByRole("button", { name: /Receipt/ })).toBeNull();
  });
});
