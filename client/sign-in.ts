/** Who is signed in, and signing in. What it takes is loaded when somebody signs in or a token has run out, not with the first page. */
import { unreachable } from "./api-error.ts";
import { joinOtherTabs } from "./new-tab.ts";
import { knownSession, type Session } from "./session.ts";

export { signOut } from "./sign-out.ts";

const load = () =>
  import("./issuer-sign-in.ts").catch(() => {
    throw unreachable();
  });

/**
 * The session, another tab's where this one has none, renewed if it has run out and the issuer gave a refresh token; null when nobody is signed in.
 * @throws ApiError when it has to be renewed and the issuer cannot be reached
 */
export async function currentSession(): Promise<Session | null> {
  await joinOtherTabs();
  const session = knownSession();
  if (!session || session.expiresAt > Date.now() / 1000) return session;
  renewal ??= load()
    .then(({ renew }) => renew())
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}
let renewal: Promise<Session | null> | undefined;

/** Leaves for the issuer's sign-in page. @param returnPath where to come back to, a path of this site */
export const signIn = async (returnPath: string): Promise<void> => (await load()).signIn(returnPath);

/** Finishes signing in with what the issuer appended to the address. @returns the path to come back to */
export const completeSignIn = async (address: string): Promise<string> =>
  (await load()).completeSignIn(address);
