/** Who is signed in, kept in this tab's session storage so that it survives a reload and the way to the bank and back. */
import { useSyncExternalStore } from "react";

export interface Session {
  accessToken: string;
  /** Seconds since 1970, as tokens count. */
  expiresAt: number;
  userId: string;
  /** The student's name, or e-mail where the issuer knows no name; empty where it knows neither. */
  name: string;
}

const STORAGE_KEY = "bursar.session";

/**
 * Says to every tab of this browser that the student has not signed out; no token and no name. A tab that comes back - closed and
 * opened again, or from the bank - was not there to hear of it.
 */
const markOf = (userId: string) => `bursar.signed-in.${userId}`;

let session = readStored();
let watchers: (() => void)[] = [];

export const knownSession = (): Session | null => session;

/** @param next null forgets the one there is */
export function keepSession(next: Session | null): void {
  session = next;
  if (next) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  else sessionStorage.removeItem(STORAGE_KEY);
  if (next) localStorage.setItem(markOf(next.userId), "yes");
  for (const watcher of watchers) watcher();
}

export function isSignedOut(userId: string): boolean {
  return localStorage.getItem(markOf(userId)) === null;
}

/** In all tabs; those that are open have to be told. */
export const markSignedOut = (userId: string): void => localStorage.removeItem(markOf(userId));

export const useSession = (): Session | null => useSyncExternalStore(watchSession, knownSession);

/** @returns what ends the watching */
export function watchSession(onChange: () => void): () => void {
  watchers = [...watchers, onChange];
  return () => {
    watchers = watchers.filter((watcher) => watcher !== onChange);
  };
}

function readStored(): Session | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as Session | null;
    if (!stored || !isSignedOut(stored.userId)) return stored;
    sessionStorage.clear();
    return null;
  } catch {
    return null;
  }
}
