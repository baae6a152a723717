/** The issuer that stands in for Cognito, where the seeded students can be picked. */
import path from "node:path";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { OIDC_CLIENT_ID } from "../names.ts";
import { type Issuer, startIssuer } from "../sign-in/start-issuer.ts";
import type { StackOptions, StackUrls } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const signIn = (
  { ports, dataDir }: StackOptions,
  { clientUrl }: StackUrls,
  { preToken, preSignUp }: DeployedFunctions,
  { students }: Surroundings,
): Part<Issuer> => ({
  announcement: "Sign-in",
  start: () =>
    startIssuer({
      port: ports.signIn,
      dataDir: path.join(dataDir, "sign-in"),
      students,
      clientId: OIDC_CLIENT_ID,
      clientOrigins: [clientUrl],
      preToken,
      preSignUp,
    }),
});
