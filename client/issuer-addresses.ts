/** The issuer's addresses that signing out needs; remembered when signing in, since the issuer may be away later. */
import type { ClientConfig } from "#workflow/client-config.ts";
import { loadConfig } from "./config.ts";

/** What an issuer announces of itself, as far as it matters here. */
interface Metadata {
  revocation_endpoint?: string;
  end_session_endpoint?: string;
}

export interface IssuerAddresses {
  clientId: string;
  discovery: string;
  /** Where refresh tokens are revoked. */
  revocation?: string;
  /** The page that signs out at the issuer and leads back here. */
  signOut?: string;
}

export const ISSUER_KEY = "bursar.issuer";

export function rememberAddresses(config: ClientConfig, metadata: Metadata): void {
  sessionStorage.setItem(ISSUER_KEY, JSON.stringify(addressesOf(config, metadata)));
}

/** Undefined for whoever signed in with an earlier version. */
export function rememberedAddresses(): IssuerAddresses | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(ISSUER_KEY) ?? "") as IssuerAddresses;
  } catch {
    return undefined;
  }
}

/** @throws Error when the issuer, or this site's own configuration, is out of reach */
export async function findAddresses(): Promise<IssuerAddresses> {
  const config = await loadConfig();
  const response = await fetch(discoveryOf(config));
  return addressesOf(config, (await response.json()) as Metadata);
}

const discoveryOf = ({ oidcIssuer }: ClientConfig) => `${oidcIssuer}/.well-known/openid-configuration`;

function addressesOf(config: ClientConfig, metadata: Metadata): IssuerAddresses {
  const { oidcClientId: clientId, signOutUrl } = config;
  const page = signOutUrl ?? metadata.end_session_endpoint;
  const { revocation_endpoint: revocation } = metadata;
  return {
    clientId,
    discovery: discoveryOf(config),
    ...(revocation && { revocation }),
    ...(page && { signOut: withWayBack(page, clientId) }),
  };
}

/** Cognito's page reads `logout_uri`, others what the standard calls it; neither minds the other's. */
function withWayBack(page: string, clientId: string): string {
  const url = new URL(page);
  const home = `${location.origin}/`;
  const wanted = { client_id: clientId, logout_uri: home, post_logout_redirect_uri: home };
  for (const [name, value] of Object.entries(wanted)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  return url.href;
}
