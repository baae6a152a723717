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

let session = readStored();
let watchers: (() => void)[] = [];

export const knownSession = (): Session | null => session;

/** @param next null forgets the one there is */
export function keepSession(next: Session | null): void {
  session = next;
  if (next) sessionStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  else sessionStorage.removeItem(STORAGE_KEY);
  for (const watcher of watchers) watcher();
}

export const useSession = (): Session | null => useSyncExternalStore(watch, knownSession);

function watch(onChange: () => void): () => void {
  watchers = [...watchers, onChange];
  return () => {
    watchers = watchers.filter((watcher) => watcher !== onChange);
  };
}

function readStored(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as Session | null;
  } catch {
    return null;
  }
}
