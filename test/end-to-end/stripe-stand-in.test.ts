import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import { build } from "esbuild";
import type { Browser, FrameLocator, Page } from "playwright-core";
import type { Stripe } from "stripe";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { CARDS, IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DESKTOP, keepScreenshot, launchBrowser, PHONE, visit } from "#test/support/browser.ts";
import { PUBLISHABLE_KEY, startFixture } from "../infra/local/stripe/stripe-fixture.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

/** A page on another origin that loads Stripe.js as the client does, with a script of the test's own. */
async function startSite(stripeUrl: string, script: string): Promise<string> {
  const server: Server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><html lang="en"><head><title>Site</title><link rel="icon" href="data:,">
      <script src="${stripeUrl}/v3/stripe.js"></script></head>
      <body style="margin:0"><div id="checkout"></div><p id="told"></p><script>${script}</script></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function openPage(url: string, viewport = DESKTOP): Promise<Page> {
  const { context, page } = await visit(browser, viewport);
  onTestFinished(() => context.close());
  await page.goto(url);
  return page;
}

const formIn = (page: Page): FrameLocator => page.frameLocator("iframe");

async function fillCard(page: Page, number: string): Promise<void> {
  const form = formIn(page);
  await form.locator("input[name=cardNumber]").fill(number);
  await form.locator("input[name=cardExpiry]").fill("12/34");
  await form.locator("input[name=cardCvc]").fill("123");
  await form.locator("input[name=cardName]").fill("Ada Lovelace");
}

const mountScript = (session: Stripe.Checkout.Session) => `
  Stripe("${PUBLISHABLE_KEY}").createEmbeddedCheckoutPage({
    fetchClientSecret: async () => "${session.client_secret}",
    onComplete: () => { document.querySelector("#told").textContent = "complete"; },
  }).then((checkout) => checkout.mount("#checkout"));`;

describe.each([
  ["desktop", DESKTOP],
  ["phone", PHONE],
])("on a %s", (device, viewport) => {
  test("a declined card is explained, another pays, and the page goes to the return address", async () => {
    const { createSession, standIn, stripe } = await startFixture();
    const returnSite = await startSite(standIn.url, "");
    const session = await createSession({
      customer_email: "ada@example.com",
      return_url: `${returnSite}/return?session={CHECKOUT_SESSION_ID}`,
    });
    const page = await openPage(await startSite(standIn.url, mountScript(session)), viewport);
    const form = formIn(page);

    expect(await form.locator("input[name=email]").inputValue()).toBe("ada@example.com");
    await form.getByTestId("pay").click();
    await form.getByRole("alert").getByText("Enter your card number.").waitFor();
    await fillCard(page, CARDS.insufficientFunds);
    await form.getByTestId("pay").click();
    await form.getByRole("alert").getByText("Your card has insufficient funds.").waitFor();
    await keepScreenshot(page, `stand-in-${device}-declined`);

    await fillCard(page, CARDS.good);
    await form.getByRole("button", { name: "Pay $49.00" }).click();
    await page.waitForURL(`${returnSite}/return?session=${session.id}`);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
  });

  test.each(["light", "dark"] as const)("the %s form is accessible and fits", async (colorScheme) => {
    const { createSession, standIn } = await startFixture();
    const session = await createSession();
    const page = await openPage("about:blank", viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${standIn.url}/checkout/${session.client_secret}`);
    await page.getByText("Test numbers").click();

    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as typeof window & { axe: typeof axe }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await keepScreenshot(page, `stand-in-${device}-${colorScheme}`);
  });
});

test("3-D Secure is asked in the form: failed once, then passed, and the page is told", async () => {
  const { createSession, standIn, stripe } = await startFixture();
  const session = await createSession({ redirect_on_completion: "never", return_url: "" });
  const page = await openPage(await startSite(standIn.url, mountScript(session)));
  const form = formIn(page);
  await form.locator("input[name=email]").fill("ada@example.com");
  await fillCard(page, CARDS.authenticated);

  await form.getByTestId("pay").click();
  await form.getByTestId("3ds-fail").click();
  await form
    .getByRole("alert")
    .getByText(/unable to authenticate/)
    .waitFor();
  await form.getByTestId("pay").click();
  await form.getByTestId("3ds-complete").click();

  await page.locator("#told", { hasText: "complete" }).waitFor();
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
});

test("a test number fills itself in, and a debit goes through", async () => {
  const { createSession, standIn, stripe } = await startFixture({ knobs: { asyncPaymentDelayMs: 60_000 } });
  const session = await createSession({ redirect_on_completion: "if_required" });
  const page = await openPage(await startSite(standIn.url, mountScript(session)));
  const form = formIn(page);
  await form.locator("input[name=email]").fill("ada@example.com");

  await form.getByText("Test numbers").click();
  await form.getByRole("button", { name: IBANS.paying }).click();
  expect(await form.locator("input[name=iban]").inputValue()).toBe(IBANS.paying);
  await form.getByTestId("pay").click();

  await page.locator("#told", { hasText: "complete" }).waitFor();
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "unpaid" });
});

test("the frame is as tall as the form, also when the form grows", async () => {
  const { createSession, standIn } = await startFixture();
  const page = await openPage(await startSite(standIn.url, mountScript(await createSession())), PHONE);
  const heights = () =>
    Promise.all([
      page.locator("iframe").evaluate((frame) => frame.clientHeight),
      formIn(page)
        .locator("body")
        .evaluate((body) => Math.ceil(body.getBoundingClientRect().height)),
    ]);
  const fits = async () => {
    const [frame, form] = await heights();
    return frame === form;
  };
  await expect.poll(fits).toBe(true);
  const [before] = await heights();

  await formIn(page).getByText("Test numbers").click();

  await expect.poll(async () => (await heights())[0]).toBeGreaterThan(before);
  await expect.poll(fits).toBe(true);
});

test("a session that is over says so in the form, and a wrong link too", async () => {
  const { confirm, createSession, standIn, stripe } = await startFixture();
  const [expired, paid] = [await createSession(), await createSession()];
  await stripe.checkout.sessions.expire(expired.id);
  await confirm(paid);
  const headingAt = async (clientSecret: string | null) => {
    const page = await openPage(`${standIn.url}/checkout/${clientSecret}`);
    return page.getByRole("heading").textContent();
  };

  expect(await headingAt(expired.client_secret)).toBe("Checkout expired");
  expect(await headingAt(paid.client_secret)).toBe("Payment complete");
  expect(await headingAt("cs_test_none_secret_none")).toBe("Checkout not found");
});

test("Stripe.js refuses unusable keys and secrets, and a second form beside the first", async () => {
  const { createSession, standIn } = await startFixture();
  const { client_secret: clientSecret } = await createSession();
  const page = await openPage(await startSite(standIn.url, ""));
  const attempt = (key: string, secrets: (string | null)[]) =>
    page.evaluate(
      async ([key, secrets]) => {
        type Page = { destroy(): void };
        const { Stripe } = window as unknown as {
          Stripe: (key: string) => { createEmbeddedCheckoutPage(options: object): Promise<Page> };
        };
        const made: Page[] = [];
        try {
          for (const clientSecret of secrets) {
            made.push(await Stripe(key).createEmbeddedCheckoutPage({ clientSecret }));
          }
          return "made";
        } catch (error) {
          return (error as Error).message;
        } finally {
          for (const checkout of made) checkout.destroy();
        }
      },
      [key, secrets] as const,
    );

  expect(await attempt("sk_test_1", [clientSecret])).toMatch(/publishable key/);
  expect(await attempt("pk_test_wrong", [clientSecret])).toBe("Invalid API Key provided: pk_test_wrong");
  expect(await attempt(PUBLISHABLE_KEY, ["cs_test_1_secret_2"])).toMatch(/client secret/);
  expect(await attempt(PUBLISHABLE_KEY, [clientSecret, clientSecret])).toMatch(/multiple Embedded Checkout/);
  expect(await attempt(PUBLISHABLE_KEY, [clientSecret])).toBe("made");
});

test("the unmodified React provider mounts the form in strict mode, pays, and lets it go", async () => {
  const { createSession, standIn } = await startFixture();
  const session = await createSession({ redirect_on_completion: "never", return_url: "" });
  const page = await openPage(await startSite(standIn.url, await bundleReactPage(session)));
  await formIn(page).locator("input[name=email]").fill("ada@example.com");
  await fillCard(page, CARDS.good);

  await formIn(page).getByTestId("pay").click();
  await page.locator("#told", { hasText: "complete" }).waitFor();

  await expect.poll(() => page.locator("iframe").count()).toBe(0);
});

async function bundleReactPage({ client_secret: clientSecret }: Stripe.Checkout.Session): Promise<string> {
  const source = `
    import { createElement as h, StrictMode } from "react";
    import { createRoot } from "react-dom/client";
    import { EmbeddedCheckout, EmbeddedCheckoutProvider } from "@stripe/react-stripe-js";
    import { loadStripe } from "@stripe/stripe-js";
    const root = createRoot(document.querySelector("#checkout"));
    const options = {
      clientSecret: ${JSON.stringify(clientSecret)},
      onComplete() { document.querySelector("#told").textContent = "complete"; root.unmount(); },
    };
    const stripe = loadStripe(${JSON.stringify(PUBLISHABLE_KEY)});
    root.render(h(StrictMode, null, h(EmbeddedCheckoutProvider, { stripe, options }, h(EmbeddedCheckout))));`;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    minify: true,
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
}
