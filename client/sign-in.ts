/**
 * Signing in and out with OpenID Connect: authorization code with PKCE, tokens in this tab's session storage.
 *
 * The library for it is loaded only when somebody signs in or out or a token has run out, not with the first page.
 */
import type { User, UserManager } from "oidc-client-ts";
import { unreachable } from "./api-error.ts";
import { loadConfig } from "./config.ts";
import { once } from "./once.ts";
import { SIGN_IN_CALLBACK_PATH } from "./paths.ts";
import { safeReturnPath } from "./return-path.ts";
import { keepSession, knownSession, type Session } from "./session.ts";

const loadUserManager = once(async (): Promise<UserManager> => {
  const [{ UserManager, WebStorageStateStore }, config] = await Promise.all([
    import("oidc-client-ts").catch(() => {
      throw unreachable();
    }),
    loadConfig(),
  ]);
  return new UserManager({
    authority: config.oidcIssuer,
    client_id: config.oidcClientId,
    scope: config.oidcScope,
    redirect_uri: location.origin + SIGN_IN_CALLBACK_PATH,
    post_logout_redirect_uri: `${location.origin}/`,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
});

/**
 * The session, renewed if it has run out and the issuer gave a refresh token; null when nobody is signed in.
 * @throws ApiError when it has to be renewed and the issuer cannot be reached
 */
export async function currentSession(): Promise<Session | null> {
  const session = knownSession();
  if (!session || session.expiresAt > Date.now() / 1000) return session;
  renewal ??= renew().finally(() => {
    renewal = undefined;
  });
  return renewal;
}
let renewal: Promise<Session | null> | undefined;

/** Leaves for the issuer's sign-in page. @param returnPath where to come back to, a path of this site */
export async function signIn(returnPath: string): Promise<void> {
  const manager = await loadUserManager();
  await manager.signinRedirect({ state: { returnPath: safeReturnPath(returnPath) } });
}

/** Finishes signing in with what the issuer appended to the address. @returns the path to come back to */
export async function completeSignIn(address: string): Promise<string> {
  const manager = await loadUserManager();
  const user = await manager.signinRedirectCallback(address);
  keepSession(toSession(user));
  return safeReturnPath((user.state as { returnPath?: unknown } | undefined)?.returnPath);
}

/** Signs out here and at the issuer, and leaves for the catalogue. */
export async function signOut(): Promise<void> {
  let next = "/";
  try {
    const [manager, config] = await Promise.all([loadUserManager(), loadConfig()]);
    if (await manager.metadataService.getEndSessionEndpoint()) {
      keepSession(null);
      return await manager.signoutRedirect();
    }
    if (config.signOutUrl) next = hostedSignOut(config.signOutUrl, config.oidcClientId);
    await manager.removeUser();
  } catch {
    // The issuer is out of reach; this tab has forgotten the session all the same.
  }
  keepSession(null);
  location.assign(next);
}

async function renew(): Promise<Session | null> {
  const manager = await loadUserManager();
  const user = await manager.getUser();
  const renewed = user?.refresh_token ? await manager.signinSilent().catch(forgiveRefusal) : null;
  keepSession(renewed && toSession(renewed));
  return knownSession();
}

/** A refusal by the issuer ends the session; a network that is down for a moment does not. */
function forgiveRefusal(error: unknown): null {
  if (error instanceof Error && error.name === "ErrorResponse") return null;
  throw unreachable();
}

function toSession({ access_token, expires_at, profile }: User): Session {
  return {
    accessToken: access_token,
    expiresAt: expires_at ?? Number.MAX_SAFE_INTEGER,
    userId: profile.sub,
    name: profile.name ?? profile.email ?? "Student",
  };
}

/** Cognito's sign-out page wants to be told the client and the way back. */
function hostedSignOut(signOutUrl: string, clientId: string): string {
  const url = new URL(signOutUrl);
  if (!url.searchParams.has("client_id")) url.searchParams.set("client_id", clientId);
  if (!url.searchParams.has("logout_uri")) url.searchParams.set("logout_uri", `${location.origin}/`);
  return url.href;
}
