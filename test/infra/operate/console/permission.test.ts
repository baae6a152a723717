import { describe, expect, test } from "vitest";
import { createPermission } from "#infra/operate/console/permission.ts";

const assumed = (role: string) => `arn:aws:sts::123456789012:assumed-role/${role}/jo`;

const permit = (caller: string | Error, mayRedrive: boolean) =>
  createPermission({
    findCaller: async () => {
      if (caller instanceof Error) throw caller;
      return caller;
    },
    mayRedrive,
    deployment: "bursar-staging",
    region: "eu-west-1",
  })();

describe("the role that looks", () => {
  test("changes nothing, also with --allow-redrive, and is told which role does", async () => {
    for (const mayRedrive of [true, false])
      expect(await permit(assumed("bursar-staging-eu-west-1-looking"), mayRedrive)).toEqual({
        caller: assumed("bursar-staging-eu-west-1-looking"),
        role: "looking",
        onlyLooks:
          "This console only looks: its role may change nothing. To repair, take the role bursar-staging-eu-west-1-repairing (RepairingRoleArn in the deployment's outputs) and start it with --allow-redrive.",
      });
  });
});

describe("the role that repairs", () => {
  const repairing = assumed("bursar-staging-eu-west-1-repairing");

  test("acts once the console is told that it may", async () => {
    expect(await permit(repairing, true)).toEqual({
      caller: repairing,
      role: "repairing",
      onlyLooks: undefined,
    });
    expect((await permit(repairing, false)).onlyLooks).toBe(
      "This console only looks. To repair, start it with --allow-redrive.",
    );
  });
});

test.each([
  ["another deployment's role", assumed("bursar-eu-west-1-looking")],
  ["a role of the account's own", assumed("Operators")],
  ["a user", "arn:aws:iam::123456789012:user/jo"],
  ["an AWS that does not say", new Error("away")],
])("%s is neither, and its permissions are found out when it acts", async (_who, caller) => {
  expect(await permit(caller, true)).toEqual({
    caller: caller instanceof Error ? undefined : caller,
    role: undefined,
    onlyLooks: undefined,
  });
  expect((await permit(caller, false)).onlyLooks).toMatch(
    /--allow-redrive, under a role that may, such as bursar-/,
  );
});
