/** Who students are: a Cognito user pool with a hosted sign-in page, authorization code with PKCE. */
import { Aws, Duration, SecretValue, type Stack } from "aws-cdk-lib";
import {
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  OAuthScope,
  ProviderAttribute,
  type UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderGoogle,
} from "aws-cdk-lib/aws-cognito";
import type { Names } from "#infra/deployment/names.ts";
import { addPreSignUp } from "../parts/pre-sign-up.ts";
import { createUserPool } from "../parts/user-pool.ts";
import { addOutputs, createStack, type StackSettings } from "./settings.ts";

export interface Issuer {
  url: string;
  clientId: string;
  scope: string;
  signOutUrl: string;
}

export function createIdentityStack(settings: StackSettings, clientUrl: string) {
  const { names } = settings;
  const stack = createStack(settings, "Identity", "students' accounts and sign-in");
  const { userPool, triggers } = createUserPool(stack, {
    keepsData: settings.keepsData,
    deploymentName: names.deployment,
    triggerName: names.functions.preToken,
    emailFrom: settings.deployment.emailFrom,
  });
  // Without another provider there is nobody to tell apart.
  if (settings.deployment.googleClientId) addPreSignUp(stack, names, userPool);
  const client = createClient(stack, settings, userPool, clientUrl);

  addSignInPage(stack, names, userPool, client);
  const issuer: Issuer = {
    url: userPool.userPoolProviderUrl,
    clientId: client.userPoolClientId,
    scope: "openid email profile",
    signOutUrl: `${signInOrigin(names)}/logout`,
  };
  addOutputs(stack, {
    Issuer: issuer.url,
    UserPoolId: userPool.userPoolId,
    UserPoolClientId: issuer.clientId,
  });
  return { issuer, triggers };
}

/** Where the hosted pages and the token endpoint are. The account's number makes the name unique within the region. */
const signInOrigin = (names: Names) => `https://${domainPrefix(names)}.auth.${Aws.REGION}.amazoncognito.com`;

/** What a browser talks to while signing in: the user pool, and its pages. */
export const issuerOrigins = (names: Names) => [
  `https://cognito-idp.${Aws.REGION}.amazonaws.com`,
  signInOrigin(names),
];

const domainPrefix = (names: Names) => `${names.deployment}-${Aws.ACCOUNT_ID}`;

function addSignInPage(stack: Stack, names: Names, userPool: UserPool, client: UserPoolClient) {
  userPool.addDomain("HostedSignIn", {
    cognitoDomain: { domainPrefix: domainPrefix(names) },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  // Without a branding, be it Cognito's own, the newer sign-in page is not shown.
  return new CfnManagedLoginBranding(stack, "SignInPage", {
    userPoolId: userPool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
}

function createClient(
  stack: Stack,
  settings: StackSettings,
  userPool: UserPool,
  clientUrl: string,
): UserPoolClient {
  const google = createGoogle(stack, settings, userPool);
  const client = userPool.addClient("Client", {
    userPoolClientName: settings.names.deployment,
    generateSecret: false,
    // What the hosted page itself signs in with; no password ever travels.
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${clientUrl}/sign-in/callback`],
      logoutUrls: [`${clientUrl}/`],
    },
    supportedIdentityProviders: [
      UserPoolClientIdentityProvider.COGNITO,
      ...(google ? [UserPoolClientIdentityProvider.GOOGLE] : []),
    ],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // A refresh token is taken once; an answer that was lost on the way may be asked for again within the minute.
    refreshTokenRotationGracePeriod: Duration.minutes(1),
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(14),
  });
  if (google) client.node.addDependency(google);
  return client;
}

function createGoogle(stack: Stack, { deployment }: StackSettings, userPool: UserPool) {
  const { googleClientId, googleSecretId } = deployment;
  if (!googleClientId || !googleSecretId) return undefined;
  return new UserPoolIdentityProviderGoogle(stack, "Google", {
    userPool,
    clientId: googleClientId,
    clientSecretValue: SecretValue.secretsManager(googleSecretId, { jsonField: "clientSecret" }),
    scopes: ["openid", "email", "profile"],
    attributeMapping: {
      email: ProviderAttribute.GOOGLE_EMAIL,
      emailVerified: ProviderAttribute.GOOGLE_EMAIL_VERIFIED,
      fullname: ProviderAttribute.GOOGLE_NAME,
    },
  });
}
