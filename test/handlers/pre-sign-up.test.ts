import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { PreSignUpTriggerEvent } from "aws-lambda";
import { beforeEach, expect, test } from "vitest";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { createAccounts } from "#handlers/adapters/cognito/accounts.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createPreSignUp, handler } from "#handlers/pre-sign-up.ts";
import { startStubbornAws } from "#test/support/stubborn-aws.ts";
import { useMetrics } from "./use-metrics.ts";

const counted = useMetrics();
const aws = await startStubbornAws();
const client = createAwsClient(CognitoIdentityProviderClient, PATIENCE.trigger, {
  endpoint: aws.url,
  region: "eu-west-1",
  credentials: { accessKeyId: "stub", secretAccessKey: "stub" },
});
const preSignUp = createPreSignUp({ accounts: createAccounts(client) });

const POOL = "eu-west-1_students";

const account = (UserStatus: string, email_verified: string, Username = "ada-with-password") => ({
  Username,
  UserStatus,
  Attributes: [{ Name: "email_verified", Value: email_verified }],
});

/** Who has Ada's address already. */
function known(...Users: object[]): void {
  aws.answers = { ListUsers: { json: { Users } }, AdminLinkProviderForUser: { json: {} } };
}

const withGoogle = (email_verified = "true", userName = "google_12345") =>
  signUp("PreSignUp_ExternalProvider", userName, email_verified);

const withPassword = () => signUp("PreSignUp_SignUp", "a-new-user", "false");

const signUp = (...event: Parameters<typeof signUpEvent>) => preSignUp(signUpEvent(...event));

function signUpEvent(triggerSource: string, userName: string, email_verified: string) {
  const userAttributes = { email: "ada@example.com", email_verified, name: "Ada" };
  return {
    triggerSource,
    userPoolId: POOL,
    userName,
    request: { userAttributes },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  } as unknown as PreSignUpTriggerEvent;
}

const links = () => aws.asked.filter((name) => name.startsWith("AdminLinkProviderForUser"));

beforeEach(() => {
  aws.asked.length = 0;
  known();
});

test.each([
  ["with Google", withGoogle],
  ["with a password", withPassword],
])("whoever is new may sign up %s", async (_how, come) => {
  expect((await come()).userPoolId).toBe(POOL);
  expect(aws.asked).toEqual([`ListUsers ${POOL} email = "ada@example.com"`]);
});

test("Google's account is linked to the one with a password whose address it is, both being verified", async () => {
  known(account("CONFIRMED", "true"));
  await withGoogle();
  expect(links()).toEqual([
    `AdminLinkProviderForUser ${POOL} Cognito ada-with-password Google Cognito_Subject 12345`,
  ]);
});

test("Google's account is refused when Google does not vouch for the address", async () => {
  known(account("CONFIRMED", "true"));
  await expect(withGoogle("false")).rejects.toThrow(
    "has an account with a password. Please sign in with that.",
  );
  expect(links()).toEqual([]);
});

test.each([
  ["was never confirmed", account("UNCONFIRMED", "false")],
  ["says that it is verified but was never confirmed", account("UNCONFIRMED", "true")],
  ["is confirmed, and its address is not", account("CONFIRMED", "false")],
])(
  "an account that %s gets nobody's Google account: whoever made it need not be who reads the address",
  async (_how, one) => {
    known(one);
    await withGoogle();
    expect(links()).toEqual([]);
  },
);

test("a second account of Google's with the same address is refused", async () => {
  known(account("EXTERNAL_PROVIDER", "true", "google_99"));
  await expect(withGoogle()).rejects.toThrow("signs in with Google");
  expect(links()).toEqual([]);
});

test("a password for an address that signs in with Google is refused, with what to do instead", async () => {
  known(account("EXTERNAL_PROVIDER", "true", "google_12345"));
  await expect(withPassword()).rejects.toThrow("Please choose to continue with Google.");
});

test("addresses are looked for as they are written and in small letters, and cannot leave the question", async () => {
  const accounts = createAccounts(client);
  await accounts.findByEmail(POOL, 'Ada"\\@Example.com');
  expect(aws.asked).toEqual([
    String.raw`ListUsers ${POOL} email = "Ada\"\\@Example.com"`,
    String.raw`ListUsers ${POOL} email = "ada\"\\@example.com"`,
  ]);
});

test("an account that an administrator makes is not looked at", async () => {
  const event = signUpEvent("PreSignUp_AdminCreateUser", "a-new-user", "true");
  expect(await handler(event)).toBe(event);
  expect(aws.asked).toEqual([]);
});

test.each([
  ["hangs", () => (aws.answers = { ListUsers: "hang" })],
  ["refuses", () => (aws.answers = {})],
  [
    "hangs once the account is found",
    () => {
      known(account("CONFIRMED", "true"));
      aws.answers["AdminLinkProviderForUser"] = "hang";
    },
  ],
])("nobody signs up unseen while Cognito %s; the sentence says to try again", async (_how, turn) => {
  turn();
  await expect(withGoogle()).rejects.toThrow("Signing up is not possible right now.");
  expect(counted()).toEqual(["SignUpFailed"]);
});

test("all tries together fit into the five seconds that Cognito waits", () => {
  const { attempts, attemptMs } = PATIENCE.trigger;
  expect(2 * attempts * attemptMs).toBeLessThan(4_500);
});
