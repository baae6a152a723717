import { describe, expect, test } from "vitest";
import { authorizationRequest, CLIENT_ORIGIN, createBrowser } from "./browser.ts";
import { ada, useIssuer } from "./use-issuer.ts";

const shared = useIssuer();

describe("pages", () => {
  test("the picker offers every student, escaped, under a policy without inline code", async () => {
    const { html, headers } = await createBrowser().visit(authorizationRequest(shared.issuer).url);
    expect(html).toContain("ada@example.com");
    expect(html).toContain("&#60;img src=x&#62;");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("what is not an e-mail address brings the page back with the reason", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(shared.issuer).url);
    const page = await browser.visit(picker.url, { email: `"nobody` });
    expect(page.status).toBe(400);
    expect(page.html).toContain('value="&#34;nobody"');
    expect(page.html).toContain('role="alert"');
  });

  test("signing out goes back to the client, and the next sign-in asks again", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(shared.issuer).url);
    await browser.visit(picker.url, { email: ada.email });
    const silent = await browser.visit(authorizationRequest(shared.issuer).url);
    expect(new URL(silent.url).searchParams.has("code")).toBe(true);

    const { idToken } = await shared.signIn(ada.email);
    const query = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: `${CLIENT_ORIGIN}/`,
    });
    const signingOut = await browser.visit(`${shared.issuer.url}/session/end?${query}`);
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(signingOut.html) ?? [];
    const signedOut = await browser.visit(`${shared.issuer.url}/session/end/confirm`, {
      xsrf,
      logout: "yes",
    });
    expect(signedOut.url).toBe(`${CLIENT_ORIGIN}/`);

    const next = await browser.visit(authorizationRequest(shared.issuer).url);
    expect(next.html).toContain("Choose a student");
  });
});
