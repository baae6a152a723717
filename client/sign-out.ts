/** Signing out: this browser forgets at once; the issuer is told as far as it can be reached. */
import { announceSignOut, forgetEverything } from "./between-tabs.ts";
import { findAddresses, type IssuerAddresses, rememberedAddresses } from "./issuer-addresses.ts";
import { knownSession } from "./session.ts";
import { readStoredUser } from "./stored-user.ts";

/** How long the issuer may keep a student who wants to leave. */
const PATIENCE_MS = 2_000;

/** Nothing of the sign-in is left here by the time that anything is asked of anybody. Leaves for the catalogue. */
export async function signOut(): Promise<void> {
  const refreshToken = readStoredUser()?.refreshToken;
  const remembered = rememberedAddresses();
  const userId = knownSession()?.userId;
  forgetEverything();
  if (userId) announceSignOut(userId);

  const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
  const found = remembered ?? findAddresses().catch(() => undefined);
  const issuer = await Promise.race([found, tooLate]);
  if (!issuer) return location.assign("/");
  const isThere = reach(issuer, refreshToken);
  // Slow is not away: its page may still come, and whoever is not led there stays signed in there.
  const isAway = (await Promise.race([isThere, tooLate])) === false;
  location.assign(isAway ? "/" : (issuer.signOut ?? "/"));
}

/** Whether the issuer answers to anything; the token is revoked on the way. */
function reach(issuer: IssuerAddresses, refreshToken: string | undefined): Promise<boolean> {
  const asked: Promise<unknown>[] = [fetch(issuer.discovery)];
  if (refreshToken) asked.push(revokeToken(issuer, refreshToken));
  return Promise.any(asked).then(
    () => true,
    () => false,
  );
}

/**
 * Goes on when the page is left. The answer can be read by nobody, so none needs to be allowed by the issuer.
 * @throws TypeError when the issuer is out of reach
 */
export async function revokeToken({ revocation, clientId }: IssuerAddresses, token: string): Promise<void> {
  if (!revocation) throw new TypeError("The issuer revokes no tokens.");
  await fetch(revocation, {
    method: "POST",
    mode: "no-cors",
    keepalive: true,
    body: new URLSearchParams({ token, token_type_hint: "refresh_token", client_id: clientId }),
  });
}
