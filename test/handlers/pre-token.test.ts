import type { PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { handler } from "#handlers/pre-token.ts";

async function claimsFor(userAttributes: Record<string, string>) {
  const event = {
    version: "2",
    triggerSource: "TokenGeneration_HostedAuth",
    request: { userAttributes, groupConfiguration: {}, scopes: ["openid"] },
    response: { claimsAndScopeOverrideDetails: {} },
  } as unknown as PreTokenGenerationV2TriggerEvent;
  const { response } = await handler(event);
  return response.claimsAndScopeOverrideDetails?.accessTokenGeneration?.claimsToAddOrOverride;
}

const ada = { sub: "user-ada", email: "ada@example.com", email_verified: "true", name: "Ada Lovelace" };

test("an access token says who the student is, as the API wants to know it", async () => {
  expect(await claimsFor(ada)).toEqual({
    email: "ada@example.com",
    email_verified: "true",
    name: "Ada Lovelace",
    sign_up_method: "email",
  });
});

test("a student who came with Google is said to have signed up so", async () => {
  const identities = JSON.stringify([{ userId: "1", providerName: "Google", providerType: "Google" }]);
  expect(await claimsFor({ ...ada, identities })).toMatchObject({ sign_up_method: "google" });
});

test.each(["{", "null", "{}", "[null]", '[{"providerName":7}]', "[{}]", "Google"])(
  "a list of identities that cannot be read, such as %s, ends no sign-in",
  async (identities) => {
    expect(await claimsFor({ ...ada, identities })).toMatchObject({
      email: "ada@example.com",
      sign_up_method: "unknown",
    });
  },
);

test("an empty list of identities is an account of the user pool itself", async () => {
  expect(await claimsFor({ ...ada, identities: "[]" })).toMatchObject({ sign_up_method: "email" });
});

test("what the user pool does not know is left out, and an address counts as unverified", async () => {
  expect(await claimsFor({ sub: "user-alan" })).toEqual({ email_verified: "false", sign_up_method: "email" });
});
