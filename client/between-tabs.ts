/**
 * Tabs of one sign-in share a refresh token, which the issuer takes once: the tab that has used it hands its successor to the
 * others. And a tab that is opened beside a signed-in one is given what that one holds. Only pages of this origin hear what is
 * said here.
 */
import { isSignedOut, keepSession, knownSession, markSignedOut } from "./session.ts";
import { listSignIn, readStoredUser, replaceStoredUser, storeSignIn } from "./stored-user.ts";

type Message =
  /** Whoever holds `from` holds what is worth nothing any more; `user` is what to hold instead. */
  | { kind: "renewed"; from: string; user: string }
  /** Has anybody renewed `from`, or signed in again as this student? */
  | { kind: "ask"; from: string; userId: string; expiresAt: number }
  /** Somebody new is here; who is signed in? */
  | { kind: "hello" }
  | { kind: "welcome"; userId: string; signIn: Record<string, string> }
  | { kind: "signed-out"; userId: string };

/** How long a tab waits for another to answer, once an hour. */
const ANSWER_MS = 200;
/** How long a new tab waits for one that is known to be there. */
const WELCOME_MS = 1_000;
/** How long a renewal in another tab may keep this one waiting. */
const TURN_MS = 15_000;

const channel = new BroadcastChannel("bursar.sign-in");
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin; windows have many
const say = (message: Message) => channel.postMessage(message);

let onAdopted = () => {};
let onSignedOut = () => {};
/** Set while this tab is new, and waits to be told. */
let onWelcome: (() => void) | undefined;

channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  const mine = readStoredUser();
  switch (data.kind) {
    case "signed-out":
      if (knownSession()?.userId === data.userId) leaveWithOthers();
      return;
    case "renewed":
      if (mine?.refreshToken === data.from) adopt(data.user);
      return;
    case "ask":
      if (
        mine?.session.userId === data.userId &&
        mine.refreshToken !== data.from &&
        mine.session.expiresAt > data.expiresAt
      ) {
        say({ kind: "renewed", from: data.from, user: mine.text });
      }
      return;
    case "hello":
      if (mine && knownSession()) say({ kind: "welcome", userId: mine.session.userId, signIn: listSignIn() });
      return;
    case "welcome":
      // Whoever has signed out meanwhile stays signed out, also where one tab has not heard of it yet.
      if (!onWelcome || isSignedOut(data.userId)) return;
      storeSignIn(data.signIn);
      keepSession(readStoredUser()?.session ?? null);
      onWelcome();
  }
});

/** This tab goes as the others have gone, and its page with it. */
export function leaveWithOthers(): void {
  forgetEverything();
  onSignedOut();
}

/** @param next told when another tab has signed this one out, whose page must not stay. @returns what ends that */
export function onSignedOutElsewhere(next: () => void): () => void {
  onSignedOut = next;
  return () => {
    onSignedOut = () => {};
  };
}

function adopt(user: string): void {
  replaceStoredUser(user);
  keepSession(readStoredUser()?.session ?? null);
  onAdopted();
}

/** This tab's storage is empty afterwards, and no other tab comes back to it. */
export function forgetEverything(): void {
  const userId = knownSession()?.userId;
  sessionStorage.clear();
  keepSession(null);
  if (userId) markSignedOut(userId);
}

export const announceRenewal = (from: string, user: string) => say({ kind: "renewed", from, user });

export const announceSignOut = (userId: string) => say({ kind: "signed-out", userId });

/** Resolves when another tab's session has been taken over, or none has answered in time. */
export async function askForSuccessor(): Promise<void> {
  const mine = readStoredUser();
  if (!mine?.refreshToken) return;
  const { userId, expiresAt } = mine.session;
  await new Promise<void>((resolve) => {
    onAdopted = resolve;
    setTimeout(resolve, ANSWER_MS);
    say({ kind: "ask", from: mine.refreshToken ?? "", userId, expiresAt });
  });
}

/** Resolves when this tab holds what another does, or none has answered in time. */
export async function askWhoIsSignedIn(): Promise<void> {
  await new Promise<void>((resolve) => {
    onWelcome = resolve;
    setTimeout(resolve, WELCOME_MS);
    say({ kind: "hello" });
  });
  onWelcome = undefined;
}

/** One tab of this browser at a time. @throws DOMException when the others take too long */
export function takeTurns<T>(work: () => Promise<T>): Promise<T> {
  // Browsers have locks on https and localhost only.
  const locks = navigator.locks as LockManager | undefined;
  return locks
    ? locks.request("bursar.sign-in.renewal", { signal: AbortSignal.timeout(TURN_MS) }, work)
    : work();
}
