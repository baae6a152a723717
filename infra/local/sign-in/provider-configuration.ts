/** How the issuer is set up: one public client with code and PKCE, and tokens that look like Cognito's. */
import { randomBytes } from "node:crypto";
import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import type { Configuration, KoaContextWithOIDC } from "oidc-provider";
import type { handler } from "#handlers/pre-token.ts";
import { renderErrorPage, renderSignedOutPage, renderSigningOutPage } from "./pages.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { StudentDirectory } from "./students.ts";

export const SCOPE = "openid email profile";

/** The library issues a JWT access token only for a named API. Nobody outside sees this name: `aud` is the client's id. */
const API = "urn:bursar:api";
const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Cognito's pre-token-generation trigger, as it is deployed. */
export type PreTokenTrigger = typeof handler;

export interface ClientRegistration {
  clientId: string;
  /** Where the client is served, e.g. `http://localhost:3000`. */
  clientOrigins: string[];
}

export function providerConfiguration(
  { clientId, clientOrigins }: ClientRegistration,
  students: StudentDirectory,
  signingKeys: SigningKeys,
  preToken: PreTokenTrigger,
): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: clientOrigins.map((origin) => `${origin}/sign-in/callback`),
        post_logout_redirect_uris: clientOrigins.map((origin) => `${origin}/`),
      },
    ],
    clientBasedCORS: (_ctx, origin) => clientOrigins.includes(origin),
    jwks: signingKeys,
    cookies: {
      // Cookies ignore ports, so the names say whose they are among everything else on localhost.
      names: {
        session: "bursar_sign_in",
        interaction: "bursar_sign_in_step",
        resume: "bursar_sign_in_resume",
      },
      keys: [randomBytes(32).toString("base64url")],
    },
    responseTypes: ["code"],
    pkce: { required: () => true },
    scopes: ["openid"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      Grant: 14 * DAY_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      RefreshToken: 14 * DAY_SECONDS,
      Session: 14 * DAY_SECONDS,
    },
    // As Cognito is set up: a refresh token with every sign-in, which is taken once. Cognito forgives a second use within
    // a minute; here it ends the sign-in.
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    findAccount: (_ctx, userId) => findAccount(students, userId),
    extraTokenClaims: (_ctx, token) =>
      token.kind === "AccessToken" ? accessTokenClaims(students, token.accountId, preToken) : undefined,
    loadExistingGrant: grantEverything,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = "html";
      ctx.body = renderErrorPage(error_description ?? error);
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      // Cognito announces it too.
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience: clientId,
          accessTokenFormat: "jwt",
          accessTokenTTL: HOUR_SECONDS,
          jwt: { sign: { alg: "RS256" } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = renderSigningOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = renderSignedOutPage();
        },
      },
    },
  };
}

function findAccount(students: StudentDirectory, userId: string) {
  const student = students.findStudent(userId);
  if (!student) return undefined;
  const { email, name } = student;
  return { accountId: userId, claims: () => ({ sub: userId, email, email_verified: true, name }) };
}

/** What the user pool says of every access token, and what its trigger adds. */
async function accessTokenClaims(students: StudentDirectory, userId: string, preToken: PreTokenTrigger) {
  const student = students.findStudent(userId);
  if (!student) return undefined;
  const { email, name } = student;
  const { response } = await preToken({
    request: { userAttributes: { sub: userId, email, email_verified: "true", name } },
  } as unknown as PreTokenGenerationV2TriggerEvent);
  const { accessTokenGeneration } = response.claimsAndScopeOverrideDetails ?? {};
  return { token_use: "access", ...accessTokenGeneration?.claimsToAddOrOverride };
}

async function grantEverything({ oidc }: KoaContextWithOIDC) {
  const { client, session } = oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPE);
  grant.addResourceScope(API, SCOPE);
  await grant.save();
  return grant;
}
