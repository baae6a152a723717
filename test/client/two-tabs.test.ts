import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSession, knownSession } from "#client/session.ts";
import { currentSession, signOut } from "#client/sign-in.ts";
import { ISSUER, serveIssuer, signInFrom } from "./issuer.ts";

/** What this tab heard and says as the other tab would. */
let otherTab: BroadcastChannel;
let heard: unknown[] = [];
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin; windows have many
const sayThere = (message: object) => otherTab.postMessage(message);

beforeEach(() => {
  window.location.href = "https://bursar.example/";
  otherTab = new BroadcastChannel("bursar.sign-in");
  heard = [];
  otherTab.addEventListener("message", ({ data }: MessageEvent) => heard.push(data));
});

afterEach(() => otherTab.close());

const TOKEN = `POST ${ISSUER}/token`;
const inAnHour = () => Math.floor(Date.now() / 1000) + 3_600;

async function signInAsAda() {
  const issuer = serveIssuer({ grants: { refresh_token: "refresh-1" } });
  await signInFrom("/");
  issuer.calls.length = 0;
  return issuer;
}

/** What the other tab would have stored by now. */
const asStored = (refreshToken: string) =>
  JSON.stringify({
    access_token: "access-of-other-tab",
    refresh_token: refreshToken,
    expires_at: inAnHour(),
    profile: { sub: "ada", name: "Ada Lovelace" },
  });

function runOut(): void {
  const session = knownSession();
  if (session) keepSession({ ...session, expiresAt: 1 });
}

test("a renewal keeps the newest refresh token, and hands it to the tabs that share the one before", async () => {
  await signInAsAda();
  serveIssuer({ grants: { refresh_token: "refresh-2" } });
  runOut();
  await currentSession();
  expect(Object.values(sessionStorage).join()).toContain("refresh-2");
  expect(Object.values(sessionStorage).join()).not.toContain("refresh-1");
  const handedOn = { kind: "renewed", from: "refresh-1", user: expect.stringContaining("refresh-2") };
  await vi.waitFor(() => expect(heard).toContainEqual(handedOn));
});

test("what another tab has renewed is taken over, and the spent token is not used again", async () => {
  const issuer = await signInAsAda();
  sayThere({ kind: "renewed", from: "refresh-1", user: asStored("refresh-2") });
  await vi.waitFor(() => expect(knownSession()?.accessToken).toBe("access-of-other-tab"));
  expect((await currentSession())?.accessToken).toBe("access-of-other-tab");
  expect(issuer.calls).not.toContain(TOKEN);
  expect(Object.values(sessionStorage).join()).toContain("refresh-2");
});

test("a tab that slept while another renewed asks first", async () => {
  const issuer = await signInAsAda();
  runOut();
  otherTab.addEventListener("message", ({ data }: MessageEvent<{ kind: string; from: string }>) => {
    if (data.kind === "ask") sayThere({ kind: "renewed", from: data.from, user: asStored("refresh-2") });
  });
  expect((await currentSession())?.accessToken).toBe("access-of-other-tab");
  expect(issuer.calls).not.toContain(TOKEN);
});

test("a tab that has renewed answers the one that asks, and no stranger", async () => {
  await signInAsAda();
  const ask = { kind: "ask", from: "refresh-0", userId: "ada", expiresAt: 1 };
  sayThere({ ...ask, from: "refresh-of-eve", userId: "eve" });
  sayThere(ask);
  const answer = { kind: "renewed", from: "refresh-0", user: expect.stringContaining("refresh-1") };
  await vi.waitFor(() => expect(heard).toContainEqual(answer));
  expect(JSON.stringify(heard)).not.toContain("refresh-of-eve");
});

test("another sign-in of this browser is left alone", async () => {
  await signInAsAda();
  sayThere({ kind: "renewed", from: "refresh-of-eve", user: asStored("refresh-2") });
  sayThere({ kind: "signed-out", userId: "eve" });
  sayThere({ kind: "ask", from: "refresh-0", userId: "ada", expiresAt: 1 });
  // Messages come in order, so that the others have been heard by the time that this one is answered.
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(knownSession()?.accessToken).toBe("fresh-token");
});

test("whoever signs out does so in all tabs", async () => {
  await signInAsAda();
  vi.spyOn(window.location, "assign").mockImplementation(() => {});
  sayThere({ kind: "signed-out", userId: "ada" });
  await vi.waitFor(() => expect([sessionStorage.length, knownSession()]).toEqual([0, null]));
  vi.restoreAllMocks();

  await signInAsAda();
  vi.spyOn(window.location, "assign").mockImplementation(() => {});
  await signOut();
  await vi.waitFor(() => expect(heard).toContainEqual({ kind: "signed-out", userId: "ada" }));
});
