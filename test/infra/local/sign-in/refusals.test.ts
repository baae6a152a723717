import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { authorizationRequest, CLIENT_ORIGIN, createBrowser, postToken, REDIRECT_URI } from "./browser.ts";
import { ada, useIssuer } from "./use-issuer.ts";

const shared = useIssuer();

describe("refusals", () => {
  test("a wrong code verifier gets no token", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(shared.issuer).url);
    const { searchParams } = new URL((await browser.visit(picker.url, { email: ada.email })).url);
    const answer = await postToken(shared.issuer, {
      grant_type: "authorization_code",
      code: searchParams.get("code") ?? "",
      code_verifier: "x".repeat(43),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_grant" });
  });

  test("a request without a code challenge goes back with an error", async () => {
    const { url } = authorizationRequest(shared.issuer);
    const bare = new URL(url);
    bare.searchParams.delete("code_challenge");
    bare.searchParams.delete("code_challenge_method");
    const { searchParams } = new URL((await createBrowser().visit(bare.href)).url);
    expect(searchParams.get("error")).toBe("invalid_request");
  });

  test("a plain code challenge goes back with an error", async () => {
    const { url } = authorizationRequest(shared.issuer, { code_challenge_method: "plain" });
    const { searchParams } = new URL((await createBrowser().visit(url)).url);
    expect(searchParams.get("error")).toBe("invalid_request");
  });

  test("a stranger's redirect address is answered with a page and no redirect", async () => {
    const { url } = authorizationRequest(shared.issuer, {
      redirect_uri: "https://stranger.example/sign-in/callback",
    });
    const page = await createBrowser().visit(url);
    expect(page.status).toBe(400);
    expect(page.headers.get("location")).toBeNull();
    expect(page.html).toContain('role="alert"');
  });

  test("cancelling goes back to the client with access_denied and the state", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(shared.issuer).url);
    const { url } = await browser.visit(picker.url, { cancel: "yes" });
    expect(url.startsWith(`${REDIRECT_URI}?`)).toBe(true);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      error: "access_denied",
      state: "some-state",
    });
  });

  test("a picker opened in another browser says so", async () => {
    const picker = await createBrowser().visit(authorizationRequest(shared.issuer).url);
    const page = await createBrowser().visit(picker.url, { email: ada.email });
    expect(page.status).toBe(400);
    expect(page.html).toContain("This page has expired or belongs to another browser.");
  });

  test("a request for another host is refused", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "rebound.example:9080" };
      httpRequest({ port: shared.issuer.port, path: "/.well-known/openid-configuration", headers })
        .on("response", (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test("only the client's own pages may read a token answer", async () => {
    const form = { grant_type: "authorization_code", code: "none", code_verifier: "x".repeat(43) };
    const own = await postToken(shared.issuer, form, { origin: CLIENT_ORIGIN });
    const foreign = await postToken(shared.issuer, form, { origin: "https://stranger.example" });
    expect(own.headers.get("access-control-allow-origin")).toBe(CLIENT_ORIGIN);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});
