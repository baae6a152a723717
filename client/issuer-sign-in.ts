/**
 * Signing in with OpenID Connect: authorization code with PKCE, tokens in this tab's session storage. With its library it is
 * loaded by `sign-in.ts` alone, when it is wanted.
 */
import { type User, UserManager, WebStorageStateStore } from "oidc-client-ts";
import { unreachable } from "./api-error.ts";
import { announceRenewal, askForSuccessor, forgetEverything, takeTurns } from "./between-tabs.ts";
import { loadConfig } from "./config.ts";
import { type IssuerAddresses, rememberAddresses, rememberedAddresses } from "./issuer-addresses.ts";
import { once } from "./once.ts";
import { SIGN_IN_CALLBACK_PATH } from "./paths.ts";
import { safeReturnPath } from "./return-path.ts";
import { keepSession, knownSession, type Session } from "./session.ts";
import { revokeToken } from "./sign-out.ts";
import { readStoredUser, toSession } from "./stored-user.ts";

/** Of each request to the issuer. */
const TIMEOUT_SECONDS = 10;

const loadUserManager = once(async (): Promise<UserManager> => {
  const config = await loadConfig();
  return new UserManager({
    authority: config.oidcIssuer,
    client_id: config.oidcClientId,
    scope: config.oidcScope,
    redirect_uri: location.origin + SIGN_IN_CALLBACK_PATH,
    automaticSilentRenew: false,
    requestTimeoutInSeconds: TIMEOUT_SECONDS,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
});

/** Leaves for the issuer's sign-in page. @param returnPath where to come back to, a path of this site */
export async function signIn(returnPath: string): Promise<void> {
  const manager = await loadUserManager();
  await manager.signinRedirect({ state: { returnPath: safeReturnPath(returnPath) } });
}

/** Finishes signing in with what the issuer appended to the address. @returns the path to come back to */
export async function completeSignIn(address: string): Promise<string> {
  const manager = await loadUserManager();
  const user = await manager.signinRedirectCallback(address).catch(signInAgainIfLinked);
  sessionStorage.removeItem(LINKED_KEY);
  // Known already: the code was exchanged at one of the addresses.
  rememberAddresses(await loadConfig(), await manager.metadataService.getMetadata());
  keepSession(toSession(user));
  return safeReturnPath((user.state as { returnPath?: unknown } | undefined)?.returnPath);
}

const LINKED_KEY = "bursar.linked";

/**
 * Cognito refuses the very sign-in during which it was told that Google's account and its own are one student's. The next
 * goes through, and is begun here, once.
 */
async function signInAgainIfLinked(error: unknown): Promise<never> {
  const isLinked = error instanceof Error && /already found an entry for username/i.test(error.message);
  if (!isLinked || sessionStorage.getItem(LINKED_KEY)) throw error;
  sessionStorage.setItem(LINKED_KEY, "yes");
  const { state } = error as { state?: { returnPath?: unknown } };
  await signIn(safeReturnPath(state?.returnPath));
  throw error;
}

/** @returns null when nobody is signed in any more, which may have come about meanwhile */
export async function renew(): Promise<Session | null> {
  const manager = await loadUserManager();
  return takeTurns(async () => {
    await askForSuccessor();
    const session = knownSession();
    if (!session || session.expiresAt > Date.now() / 1000) return session;
    const spent = readStoredUser()?.refreshToken;
    const issuer = rememberedAddresses();
    const renewed = spent ? await manager.signinSilent().catch(forgiveRefusal) : null;
    // Whoever has signed out meanwhile stays signed out.
    if (!renewed || !spent || !knownSession()) return discard(renewed, issuer);
    keepSession(toSession(renewed));
    announceRenewal(spent, renewed.toStorageString());
    return knownSession();
  }).catch(() => {
    throw unreachable();
  });
}

/** @param renewed tokens that came too late to be kept */
function discard(renewed: User | null, issuer: IssuerAddresses | undefined): null {
  forgetEverything();
  if (issuer && renewed?.refresh_token) revokeToken(issuer, renewed.refresh_token).catch(() => {});
  return null;
}

/** A refusal by the issuer ends the session; a network that is down for a moment does not. */
function forgiveRefusal(error: unknown): null {
  if (error instanceof Error && error.name === "ErrorResponse") return null;
  throw unreachable();
}
