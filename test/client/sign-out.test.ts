import { beforeEach, describe, expect, test, vi } from "vitest";
import { DISCOVERY, ISSUER, REVOCATION, SIGN_OUT_PAGE, serveIssuer, signInFrom } from "./issuer.ts";
import { ada } from "./student-site.tsx";

const HOME = "https://bursar.example/";
const withToken = { refresh_token: "refresh-1" };

const openClient = async () => ({
  ...(await import("#client/sign-in.ts")),
  ...(await import("#client/session.ts")),
});

let client: Awaited<ReturnType<typeof openClient>>;
const leave = vi.fn<(address: string | URL) => void>();

beforeEach(() => {
  window.location.href = HOME;
});

/** Signs in, and then has the issuer answer differently. */
async function signInThen(changes: Parameters<typeof serveIssuer>[0] = {}) {
  vi.restoreAllMocks();
  // Configuration and addresses are looked up once in a page's life.
  vi.resetModules();
  client = await openClient();
  serveIssuer({ grants: withToken, ...changes, answers: {} });
  await signInFrom("/", client);
  leave.mockReset();
  vi.spyOn(window.location, "assign").mockImplementation(leave);
  return serveIssuer(changes);
}

const hang = () => new Promise(() => {});
const away = () => undefined;

/** @returns the address that is left for, or "/" */
async function addressLeftFor(): Promise<URL> {
  await vi.waitFor(() => expect(leave).toHaveBeenCalled(), { timeout: 10_000 });
  return new URL(String(leave.mock.lastCall?.[0]), HOME);
}

function revokedToken({ request }: ReturnType<typeof serveIssuer>): string | null {
  const [, init] = request.mock.calls.find(([path]) => path === `${ISSUER}/revoke`) ?? [];
  return (init?.body as URLSearchParams | undefined)?.get("token") ?? null;
}

describe("where signing out leads", () => {
  test("to the configured page, which is told the client and the way back whatever the issuer announces", async () => {
    await signInThen({ config: { signOutUrl: "https://sign-in.example/logout" } });
    await client.signOut();
    const { origin, pathname, searchParams } = await addressLeftFor();
    expect(origin + pathname).toBe("https://sign-in.example/logout");
    expect(searchParams.get("client_id")).toBe("bursar-client");
    expect(searchParams.get("logout_uri")).toBe(HOME);
  });

  test("to the page that the issuer announces when none is configured, told in Cognito's words and the standard's", async () => {
    await signInThen();
    await client.signOut();
    const { origin, pathname, searchParams } = await addressLeftFor();
    expect(origin + pathname).toBe(SIGN_OUT_PAGE);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: "bursar-client",
      logout_uri: HOME,
      post_logout_redirect_uri: HOME,
    });
  });

  test("with what the configured address says already left as it is", async () => {
    await signInThen({
      config: { signOutUrl: `${SIGN_OUT_PAGE}?client_id=another&logout_uri=https://a.example/` },
    });
    await client.signOut();
    const { searchParams } = await addressLeftFor();
    expect(searchParams.getAll("client_id")).toEqual(["another"]);
    expect(searchParams.getAll("logout_uri")).toEqual(["https://a.example/"]);
  });

  test("nowhere with a token in the address", async () => {
    await signInThen();
    const stored = Object.values(sessionStorage).join();
    await client.signOut();
    const { searchParams } = await addressLeftFor();
    for (const value of searchParams.values())
      expect(value.includes(".") && stored.includes(value) && value !== HOME).toBe(false);
    expect(searchParams.has("id_token_hint")).toBe(false);
  });
});

describe("signing out", () => {
  test("has emptied this browser before anything is asked of anybody", async () => {
    const { calls } = await signInThen();
    expect(sessionStorage.length).toBeGreaterThan(0);
    const done = client.signOut();
    expect(calls).toEqual([]);
    expect([sessionStorage.length, localStorage.length, client.knownSession()]).toEqual([0, 0, null]);
    await done;
    expect([sessionStorage.length, localStorage.length, client.knownSession()]).toEqual([0, 0, null]);
  });

  test("revokes the refresh token", async () => {
    const issuer = await signInThen();
    await client.signOut();
    expect(revokedToken(issuer)).toBe("refresh-1");
  });

  test("stays here when the issuer is away", async () => {
    const issuer = await signInThen({ answers: { [DISCOVERY]: away, [REVOCATION]: away } });
    await client.signOut();
    expect((await addressLeftFor()).href).toBe(HOME);
    expect(issuer.calls).toContain(REVOCATION);
    expect(sessionStorage).toHaveLength(0);
  });

  test.each([
    ["fails", away],
    ["hangs", hang],
  ])("revokes the refresh token when discovery %s, and leaves", async (_how, discovery) => {
    const issuer = await signInThen({ answers: { [DISCOVERY]: discovery } });
    await client.signOut();
    expect(revokedToken(issuer)).toBe("refresh-1");
    expect((await addressLeftFor()).pathname).toBe("/logout");
  });

  test("does not wait for an issuer that hangs", async () => {
    await signInThen({ answers: { [DISCOVERY]: hang, [REVOCATION]: hang } });
    vi.useFakeTimers();
    void client.signOut();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(leave).toHaveBeenCalledOnce();
  });

  test("asks where to, within a limit, for whoever signed in before addresses were remembered", async () => {
    const issuer = await signInThen();
    sessionStorage.removeItem("bursar.issuer");
    await client.signOut();
    expect(revokedToken(issuer)).toBe("refresh-1");
    expect((await addressLeftFor()).pathname).toBe("/logout");

    await signInThen({ answers: { [DISCOVERY]: hang } });
    sessionStorage.removeItem("bursar.issuer");
    vi.useFakeTimers();
    void client.signOut();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(leave).toHaveBeenCalledWith("/");
  });

  test("is not undone by a renewal that was under way; what that brought is revoked", async () => {
    let renew = (_grants: object) => {};
    const granted = new Promise((resolve) => (renew = resolve));
    const issuer = await signInThen({ answers: { [`POST ${ISSUER}/token`]: () => granted } });
    client.keepSession({ ...ada, expiresAt: 1 });
    const renewal = client.currentSession();
    await vi.waitFor(() => expect(issuer.calls).toContain(`POST ${ISSUER}/token`));
    await client.signOut();
    issuer.request.mockClear();
    renew({ access_token: "late", token_type: "Bearer", refresh_token: "refresh-2", expires_in: 600 });
    expect(await renewal).toBeNull();
    expect([sessionStorage.length, client.knownSession()]).toEqual([0, null]);
    await vi.waitFor(() => expect(revokedToken(issuer)).toBe("refresh-2"));
  });
});
