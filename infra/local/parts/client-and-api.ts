/** The one address that students know: the client, and the API behind it. */
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { PAGE_ROUTES } from "#infra/deployment/page-routes.ts";
import { imageOriginsOf } from "#infra/deployment/seller.ts";
import type { ClientConfig } from "#workflow/client-config.ts";
import { ROUTES } from "#workflow/contract.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { type HttpApi, startHttpApi } from "../http-api/start-http-api.ts";
import { createThrottle } from "../http-api/throttle.ts";
import type { LiveSources } from "../live-sources/live-sources.ts";
import { OIDC_CLIENT_ID } from "../names.ts";
import type { Issuer } from "../sign-in/start-issuer.ts";
import type { StackOptions, StackUrls } from "../stack-options.ts";
import { NO_CLIENT, type Pages } from "./pages.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const clientAndApi = (
  { ports, stripe, seller, isThrottled, withClient }: StackOptions,
  { clientUrl, stripeUrl }: StackUrls,
  { api, webhook }: DeployedFunctions,
  issuer: Issuer,
  { measured }: Surroundings,
  sources: LiveSources | undefined,
  pages: Pages | undefined,
): Part<HttpApi> => ({
  announcement: `Client and API on ${clientUrl}`,
  start: () =>
    startHttpApi({
      port: ports.http,
      server: sources?.server,
      routes: [...ROUTES, ...PAGE_ROUTES],
      handlers: { api, webhook },
      letsThrough: isThrottled ? createThrottle() : undefined,
      onAnswered: (answer) => measured.recordAnswer(answer),
      jwt: { issuer: issuer.url, audience: OIDC_CLIENT_ID, jwksUrl: issuer.jwksUrl },
      client: {
        directory: pages?.client ?? NO_CLIENT,
        sources: withClient ? sources : undefined,
        config: {
          oidcIssuer: issuer.url,
          oidcClientId: OIDC_CLIENT_ID,
          oidcScope: "openid email profile",
          stripePublishableKey: stripe.publishableKey,
          ...(stripeUrl && { stripeJsUrl: `${stripeUrl}/v3/stripe.js` }),
          ...(seller && { seller }),
        } satisfies ClientConfig,
        contentSecurityPolicy: contentSecurityPolicy({
          issuer: [issuer.url],
          isHttps: false,
          images: imageOriginsOf(seller ?? {}),
          nonce: sources?.nonce,
          ...(stripeUrl && { stripe: [stripeUrl] }),
        }),
      },
    }),
});
