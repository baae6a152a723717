import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Session } from "#client/session.ts";
import { ada } from "./student-site.tsx";

/** As a browser keeps them, for all tabs. */
let held: { name: string }[] = [];
const request = vi.fn(async (name: string, _options: object, work: () => Promise<void>) => {
  const lock = { name };
  held.push(lock);
  await work();
  held = held.filter((one) => one !== lock);
});

const offerLocks = (locks: unknown) =>
  vi.spyOn(navigator, "locks", "get").mockReturnValue(locks as LockManager);

/** The tab that is there already. */
let otherTab: BroadcastChannel;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin; windows have many
const sayThere = (message: object) => otherTab.postMessage(message);
let heard: { kind: string }[] = [];

const USER_KEY = "oidc.user:https://issuer.example:bursar-client";
const userOf = (userId: string) =>
  JSON.stringify({ access_token: `token-of-${userId}`, refresh_token: "r-1", profile: { sub: userId } });
const welcome = (userId: string) => ({
  kind: "welcome",
  userId,
  signIn: { [USER_KEY]: userOf(userId), "bursar.issuer": "{}" },
});

/** Modules as they are in a tab that was opened just now. */
async function openTab() {
  vi.resetModules();
  const [{ currentSession }, { keepSession, knownSession }] = await Promise.all([
    import("#client/sign-in.ts"),
    import("#client/session.ts"),
  ]);
  return { currentSession, keepSession, knownSession };
}

function answerAs(userId: string): void {
  held.push({ name: `bursar.signed-in.${userId}` });
  otherTab.addEventListener("message", ({ data }: MessageEvent<{ kind: string }>) => {
    if (data.kind === "hello") sayThere(welcome(userId));
  });
}

beforeEach(() => {
  held = [];
  heard = [];
  offerLocks({ request, query: async () => ({ held }) });
  otherTab = new BroadcastChannel("bursar.sign-in");
  otherTab.addEventListener("message", ({ data }: MessageEvent<{ kind: string }>) => heard.push(data));
});

afterEach(() => {
  otherTab.close();
  vi.restoreAllMocks();
});

const signInBeside = (userId: string) => localStorage.setItem(`bursar.signed-in.${userId}`, "yes");

describe("a new tab", () => {
  test("beside a signed-in one is signed in, with a copy of its own", async () => {
    signInBeside("ada");
    answerAs("ada");
    const { currentSession } = await openTab();
    expect((await currentSession())?.accessToken).toBe("token-of-ada");
    expect(sessionStorage.getItem(USER_KEY)).toBe(userOf("ada"));
    expect(sessionStorage.getItem("bursar.issuer")).toBe("{}");
    expect(Object.values(localStorage).join()).not.toContain("token");
  });

  test("with no other asks nobody and waits for nobody", async () => {
    const { currentSession } = await openTab();
    expect(await currentSession()).toBeNull();
    sayThere({ kind: "signed-out", userId: "nobody" });
    expect(heard).toEqual([]);
  });

  test("where there are no locks is signed out, and works", async () => {
    offerLocks(undefined);
    const { currentSession } = await openTab();
    expect(await currentSession()).toBeNull();
  });

  test("beside two students is neither's", async () => {
    for (const userId of ["ada", "eve"]) {
      signInBeside(userId);
      answerAs(userId);
    }
    const { currentSession } = await openTab();
    expect(await currentSession()).toBeNull();
  });

  test("is not signed in by a tab that has not heard of signing out yet", async () => {
    answerAs("ada");
    const { currentSession } = await openTab();
    vi.useFakeTimers();
    const session = currentSession();
    await vi.waitFor(() => expect(heard).toContainEqual({ kind: "hello" }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await session).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  test("takes nothing that it has not asked for", async () => {
    signInBeside("ada");
    const { currentSession, knownSession } = await openTab();
    await currentSession();
    sayThere(welcome("ada"));
    answerAs("ada");
    // Messages come in order: the answer to the question is heard after what nobody has asked for.
    expect(knownSession()).toBeNull();
    expect((await currentSession())?.userId).toBe("ada");
  });
});

describe("a signed-in tab", () => {
  const signIn = async (session: Session = ada) => {
    const tab = await openTab();
    sessionStorage.setItem(USER_KEY, userOf(session.userId));
    tab.keepSession(session);
    await tab.currentSession();
    return tab;
  };

  test("says that it is there as long as it is, and hands over what belongs to the sign-in", async () => {
    const { keepSession } = await signIn();
    sessionStorage.setItem("react-router-scroll-positions", "{}");
    expect(held).toEqual([{ name: "bursar.signed-in.ada" }]);
    sayThere({ kind: "hello" });
    const answer = { kind: "welcome", userId: "ada", signIn: { [USER_KEY]: userOf("ada") } };
    await vi.waitFor(() => expect(heard).toContainEqual(answer));
    keepSession(null);
    await vi.waitFor(() => expect(held).toEqual([]));
  });

  test("that comes back is still signed in; after another has signed out it is not, and empty", async () => {
    await signIn();
    expect((await openTab()).knownSession()?.userId).toBe("ada");
    localStorage.clear();
    const { knownSession } = await openTab();
    expect([knownSession(), sessionStorage.length]).toEqual([null, 0]);
  });

  test("that was set aside and is shown again looks whether it still is", async () => {
    const { knownSession } = await signIn();
    const show = (persisted: boolean) =>
      window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
    show(true);
    expect(knownSession()?.userId).toBe("ada");
    localStorage.clear();
    show(true);
    expect([knownSession(), sessionStorage.length]).toEqual([null, 0]);
  });
});
