import { CognitoIdentityProviderClient, ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { createAccounts } from "#handlers/adapters/cognito/accounts.ts";
import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { REGION } from "#infra/local/names.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { createDataDir, createOptions } from "./endpoint-fixture.ts";

const POOL = "us-east-1_bursar";
const odd = { userId: "user-odd", email: String.raw`"o\dd"@example.com` };

async function openPool() {
  const options = await createOptions({ dataDir: await createDataDir() });
  const listUsers = () => [{ userId: "user-ada", email: "ada@example.com" }, odd];
  const endpoint = await startAwsEndpoint({ ...options, listUsers });
  onTestFinished(() => endpoint.close());
  return new CognitoIdentityProviderClient({
    endpoint: endpoint.url,
    region: REGION,
    credentials: TEST_ACCESS_KEY,
  });
}

test("the shipped adapter finds who has an address, however it is written, and nobody else", async () => {
  const accounts = createAccounts(await openPool());
  const ada = { userName: "user-ada", isFederated: false, isEmailVerified: true };
  expect(await accounts.findByEmail(POOL, "Ada@Example.com")).toEqual([ada]);
  expect(await accounts.findByEmail(POOL, odd.email)).toMatchObject([{ userName: odd.userId }]);
  expect(await accounts.findByEmail(POOL, "nobody@example.com")).toEqual([]);
});

test("a filter that it does not know is refused, not taken for one that finds everybody", async () => {
  const client = await openPool();
  const listing = client.send(new ListUsersCommand({ UserPoolId: POOL, Filter: 'name ^= "A"' }));
  await expect(listing).rejects.toMatchObject({ name: "InvalidParameterException" });
});
