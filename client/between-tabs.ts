/**
 * Tabs that were opened from one another share a refresh token, which the issuer takes once: the tab that has used it hands
 * its successor to the others. Only pages of this origin hear what is said here.
 */
import { keepSession, knownSession } from "./session.ts";
import { readStoredUser, replaceStoredUser } from "./stored-user.ts";

type Message =
  /** Whoever holds `from` holds what is worth nothing any more; `user` is what to hold instead. */
  | { kind: "renewed"; from: string; user: string }
  /** Has anybody renewed `from`, or signed in again as this student? */
  | { kind: "ask"; from: string; userId: string; expiresAt: number }
  | { kind: "signed-out"; userId: string };

/** How long a tab waits for another to answer, once an hour. */
const ANSWER_MS = 200;
/** How long a renewal in another tab may keep this one waiting. */
const TURN_MS = 15_000;

const channel = new BroadcastChannel("bursar.sign-in");
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin; windows have many
const say = (message: Message) => channel.postMessage(message);

let onAdopted = () => {};

channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  const mine = readStoredUser();
  if (data.kind === "signed-out") {
    if (knownSession()?.userId === data.userId) forgetEverything();
  } else if (data.kind === "renewed") {
    if (mine?.refreshToken === data.from) adopt(data.user);
  } else if (
    mine?.session.userId === data.userId &&
    mine.refreshToken !== data.from &&
    mine.session.expiresAt > data.expiresAt
  ) {
    say({ kind: "renewed", from: data.from, user: mine.text });
  }
});

function adopt(user: string): void {
  replaceStoredUser(user);
  keepSession(readStoredUser()?.session ?? null);
  onAdopted();
}

/** This tab's storage is empty afterwards. */
export function forgetEverything(): void {
  sessionStorage.clear();
  keepSession(null);
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

/** One tab of this browser at a time. @throws DOMException when the others take too long */
export function takeTurns<T>(work: () => Promise<T>): Promise<T> {
  // Browsers have locks on https and localhost only.
  const locks = navigator.locks as LockManager | undefined;
  return locks
    ? locks.request("bursar.sign-in.renewal", { signal: AbortSignal.timeout(TURN_MS) }, work)
    : work();
}
