import { beforeEach, expect, test, vi } from "vitest";
import type { CopyOutcome } from "#handlers/adapters/secrets-manager/copy-signing-secret.ts";
import { createCopySigningSecret } from "#handlers/copy-signing-secret.ts";

const copy = vi.fn<() => Promise<CopyOutcome>>();
const pause = vi.fn<(milliseconds: number) => Promise<unknown>>();
const run = createCopySigningSecret({ copy, pause });
const refused = () => Object.assign(new Error("not yet"), { name: "AccessDeniedException" });

beforeEach(() => {
  copy.mockReset();
  pause.mockReset().mockResolvedValue(undefined);
});

test.each<CopyOutcome>(["copied", "unchanged", "nothing to copy"])(
  "says that it was: %s",
  async (outcome) => {
    copy.mockResolvedValue(outcome);
    await expect(run()).resolves.toBe(outcome);
  },
);

test.each(["ConfigurationError", "SecretMarkedForDeletion"])(
  "what a person has to put right fails no deployment: %s",
  async (name) => {
    const error = Object.assign(new Error("wrong"), { name });
    copy.mockRejectedValue(error);
    await expect(run()).resolves.toBe("not usable");
  },
);

test("a role that is not known everywhere yet is waited for", async () => {
  copy.mockRejectedValueOnce(refused()).mockRejectedValueOnce(refused()).mockResolvedValue("copied");
  await expect(run()).resolves.toBe("copied");
  expect(pause).toHaveBeenCalledTimes(2);
});

test("a permission that is missing for good, and a service that is away, are errors", async () => {
  copy.mockRejectedValue(refused());
  await expect(run()).rejects.toThrow("not yet");
  copy.mockRejectedValue(new Error("away"));
  await expect(run()).rejects.toThrow("away");
  expect(pause).toHaveBeenCalledTimes(5);
});
