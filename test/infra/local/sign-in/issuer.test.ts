import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createAuthorizer } from "#infra/local/http-api/authorizer.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { type Issuer, type IssuerOptions, startIssuer } from "#infra/local/sign-in/start-issuer.ts";
import {
  authorizationRequest,
  CLIENT_ID,
  CLIENT_ORIGIN,
  createBrowser,
  decodeToken,
  postToken,
  REDIRECT_URI,
} from "./browser.ts";

const ada = { userId: "student-ada", email: "ada@example.com", name: "Ada Lovelace" };
const crafty = { userId: "student-crafty", email: "crafty@example.com", name: `<img src=x> "O'Neil"` };

let dataDir: string;
let issuer: Issuer;

function start(changes: Partial<IssuerOptions> = {}) {
  const students = [ada, crafty];
  return startIssuer({
    port: 0,
    dataDir,
    students,
    clientId: CLIENT_ID,
    clientOrigins: [CLIENT_ORIGIN],
    ...changes,
  });
}

const signIn = (email: string, changes = {}) =>
  requestAccessToken({
    issuerUrl: issuer.url,
    clientId: CLIENT_ID,
    redirectUri: REDIRECT_URI,
    email,
    ...changes,
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "bursar-sign-in-"));
  issuer = await start();
});

afterAll(async () => {
  await issuer.close();
  await rm(dataDir, { recursive: true });
});

describe("tokens", () => {
  test("an access token has the claims of a Cognito access token with the student's e-mail and name", async () => {
    const { accessToken, expiresIn } = await signIn(ada.email);
    const { header, payload } = decodeToken(accessToken);
    expect(header.alg).toBe("RS256");
    expect(payload).toMatchObject({
      iss: issuer.url,
      sub: ada.userId,
      aud: CLIENT_ID,
      client_id: CLIENT_ID,
      token_use: "access",
      scope: "openid email profile",
      email: ada.email,
      email_verified: true,
      name: ada.name,
      sign_up_method: "email",
      jti: expect.any(String),
    });
    expect(expiresIn).toBe(3600);
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
  });

  test("an id token tells the client who signed in", async () => {
    const { idToken } = await signIn(ada.email);
    const { payload } = decodeToken(idToken);
    expect(payload).toMatchObject({
      iss: issuer.url,
      aud: CLIENT_ID,
      sub: ada.userId,
      email: ada.email,
      name: ada.name,
    });
    expect(payload).not.toHaveProperty("scope");
  });

  test("another e-mail address makes a student, the same one after a restart", async () => {
    const before = decodeToken((await signIn("Mary.Jackson@Example.com ")).accessToken).payload;
    const restarted = await start();
    onTestFinished(() => restarted.close());
    const after = await signIn("mary.jackson@example.com", { issuerUrl: restarted.url });
    expect(before).toMatchObject({ email: "mary.jackson@example.com", name: "Mary Jackson" });
    expect(before.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(decodeToken(after.accessToken).payload.sub).toBe(before.sub);
  });

  test("a seeded student keeps the seeded id however the address is written", async () => {
    const { accessToken } = await signIn("ADA@example.com");
    expect(decodeToken(accessToken).payload.sub).toBe(ada.userId);
  });

  test("a token stays valid when the issuer restarts", async () => {
    const { accessToken } = await signIn(ada.email);
    const restarted = await start();
    onTestFinished(() => restarted.close());
    const authorize = createAuthorizer({
      issuer: issuer.url,
      audience: CLIENT_ID,
      jwksUrl: restarted.jwksUrl,
    });
    const { claims } = await authorize(`Bearer ${accessToken}`);
    expect(claims.sub).toBe(ada.userId);
  });

  test("a refresh token gives a new access token, again and again", async () => {
    const { url, verifier } = authorizationRequest(issuer);
    const browser = createBrowser();
    const picker = await browser.visit(url);
    const { searchParams } = new URL((await browser.visit(picker.url, { email: ada.email })).url);
    const code = searchParams.get("code") ?? "";
    const first = await postToken(issuer, {
      grant_type: "authorization_code",
      code,
      code_verifier: verifier,
    });
    const { refresh_token } = (await first.json()) as { refresh_token: string };
    for (const _round of [1, 2]) {
      const again = await postToken(issuer, { grant_type: "refresh_token", refresh_token });
      const { access_token } = (await again.json()) as { access_token: string };
      expect(decodeToken(access_token).payload).toMatchObject({ sub: ada.userId, token_use: "access" });
    }
  });
});

describe("refusals", () => {
  test("a wrong code verifier gets no token", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(issuer).url);
    const { searchParams } = new URL((await browser.visit(picker.url, { email: ada.email })).url);
    const answer = await postToken(issuer, {
      grant_type: "authorization_code",
      code: searchParams.get("code") ?? "",
      code_verifier: "x".repeat(43),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_grant" });
  });

  test("a request without a code challenge goes back with an error", async () => {
    const { url } = authorizationRequest(issuer);
    const bare = new URL(url);
    bare.searchParams.delete("code_challenge");
    bare.searchParams.delete("code_challenge_method");
    const { searchParams } = new URL((await createBrowser().visit(bare.href)).url);
    expect(searchParams.get("error")).toBe("invalid_request");
  });

  test("a plain code challenge goes back with an error", async () => {
    const { url } = authorizationRequest(issuer, { code_challenge_method: "plain" });
    const { searchParams } = new URL((await createBrowser().visit(url)).url);
    expect(searchParams.get("error")).toBe("invalid_request");
  });

  test("a stranger's redirect address is answered with a page and no redirect", async () => {
    const { url } = authorizationRequest(issuer, {
      redirect_uri: "https://stranger.example/sign-in/callback",
    });
    const page = await createBrowser().visit(url);
    expect(page.status).toBe(400);
    expect(page.headers.get("location")).toBeNull();
    expect(page.html).toContain('role="alert"');
  });

  test("cancelling goes back to the client with access_denied and the state", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(issuer).url);
    const { url } = await browser.visit(picker.url, { cancel: "yes" });
    expect(url.startsWith(`${REDIRECT_URI}?`)).toBe(true);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      error: "access_denied",
      state: "some-state",
    });
  });

  test("a picker opened in another browser says so", async () => {
    const picker = await createBrowser().visit(authorizationRequest(issuer).url);
    const page = await createBrowser().visit(picker.url, { email: ada.email });
    expect(page.status).toBe(400);
    expect(page.html).toContain("This page has expired or belongs to another browser.");
  });

  test("a request for another host is refused", async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "rebound.example:9080" };
      httpRequest({ port: issuer.port, path: "/.well-known/openid-configuration", headers })
        .on("response", (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test("only the client's own pages may read a token answer", async () => {
    const form = { grant_type: "authorization_code", code: "none", code_verifier: "x".repeat(43) };
    const own = await postToken(issuer, form, { origin: CLIENT_ORIGIN });
    const foreign = await postToken(issuer, form, { origin: "https://stranger.example" });
    expect(own.headers.get("access-control-allow-origin")).toBe(CLIENT_ORIGIN);
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("pages", () => {
  test("the picker offers every student, escaped, under a policy without inline code", async () => {
    const { html, headers } = await createBrowser().visit(authorizationRequest(issuer).url);
    expect(html).toContain("ada@example.com");
    expect(html).toContain("&#60;img src=x&#62;");
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("what is not an e-mail address brings the page back with the reason", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(issuer).url);
    const page = await browser.visit(picker.url, { email: `"nobody` });
    expect(page.status).toBe(400);
    expect(page.html).toContain('value="&#34;nobody"');
    expect(page.html).toContain('role="alert"');
  });

  test("signing out goes back to the client, and the next sign-in asks again", async () => {
    const browser = createBrowser();
    const picker = await browser.visit(authorizationRequest(issuer).url);
    await browser.visit(picker.url, { email: ada.email });
    const silent = await browser.visit(authorizationRequest(issuer).url);
    expect(new URL(silent.url).searchParams.has("code")).toBe(true);

    const { idToken } = await signIn(ada.email);
    const query = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: `${CLIENT_ORIGIN}/`,
    });
    const signingOut = await browser.visit(`${issuer.url}/session/end?${query}`);
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(signingOut.html) ?? [];
    const signedOut = await browser.visit(`${issuer.url}/session/end/confirm`, { xsrf, logout: "yes" });
    expect(signedOut.url).toBe(`${CLIENT_ORIGIN}/`);

    const next = await browser.visit(authorizationRequest(issuer).url);
    expect(next.html).toContain("Choose a student");
  });
});

describe("running", () => {
  test("the signing key is readable by its owner only", async () => {
    const { mode } = await stat(join(dataDir, "sign-in-keys.json"));
    expect(mode & 0o777).toBe(0o600);
  });

  test.each([
    ["cut off", (text: string) => text.slice(0, 200)],
    ["of another shape", () => `{"keys":[]}`],
    ["with halves that do not match", (text: string) => text.replace(/"n":"..../, '"n":"AAAA')],
  ])("a key file %s stops the start with one sentence", async (_how, damage) => {
    const dir = await mkdtemp(join(tmpdir(), "bursar-sign-in-"));
    onTestFinished(() => rm(dir, { recursive: true }));
    const sound = await readFile(join(dataDir, "sign-in-keys.json"), "utf8");
    await writeFile(join(dir, "sign-in-keys.json"), damage(sound));
    await expect(start({ dataDir: dir })).rejects.toThrow(/^The signing keys in .* are damaged; delete/);
  });

  test("a taken port rejects", async () => {
    await expect(start({ port: issuer.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("asking for a token says when no issuer runs", async () => {
    const gone = await start();
    await gone.close();
    await expect(signIn(ada.email, { issuerUrl: gone.url })).rejects.toThrow(/start Bursar with "npm start"/);
  });

  test("asking for a token repeats why the issuer refused", async () => {
    await expect(signIn("nobody")).rejects.toThrow("Enter an e-mail address");
  });
});
