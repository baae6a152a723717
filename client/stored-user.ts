/** What the sign-in library keeps in this tab's session storage, readable before and without loading the library. */
import { ISSUER_KEY } from "./issuer-addresses.ts";
import type { Session } from "./session.ts";

/** As the library writes it, as far as anybody else reads it. */
interface LibraryUser {
  access_token: string;
  refresh_token?: string;
  expires_at?: number;
  profile: { sub: string; name?: string; email?: string };
}

interface StoredUser {
  refreshToken: string | undefined;
  session: Session;
  /** The whole of it, as it is stored. */
  text: string;
}

const KEY_PREFIX = "oidc.user:";

const storedKey = () => Object.keys(sessionStorage).find((key) => key.startsWith(KEY_PREFIX));

/** Null: nobody is signed in, or what is stored is not the library's. */
export function readStoredUser(): StoredUser | null {
  const text = sessionStorage.getItem(storedKey() ?? "");
  if (text === null) return null;
  try {
    const user = JSON.parse(text) as LibraryUser;
    return { refreshToken: user.refresh_token, session: toSession(user), text };
  } catch {
    return null;
  }
}

/** In the place of the user that is stored; without one there is no place. */
export function replaceStoredUser(text: string): void {
  const key = storedKey();
  if (key) sessionStorage.setItem(key, text);
}

/** Everything that belongs to the sign-in, by its key; where it began is remembered beside it. */
export const listSignIn = (): Record<string, string> =>
  Object.fromEntries(
    [storedKey() ?? "", ISSUER_KEY].flatMap((key) => {
      const text = sessionStorage.getItem(key);
      return text === null ? [] : [[key, text]];
    }),
  );

export function storeSignIn(signIn: Record<string, string>): void {
  for (const [key, text] of Object.entries(signIn)) sessionStorage.setItem(key, text);
}

export function toSession({ access_token, expires_at, profile }: LibraryUser): Session {
  return {
    accessToken: access_token,
    expiresAt: expires_at ?? Number.MAX_SAFE_INTEGER,
    userId: profile.sub,
    name: profile.name ?? profile.email ?? "",
  };
}
