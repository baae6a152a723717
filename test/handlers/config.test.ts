import { expect, test } from "vitest";
import { apiSettings, readSettings, webhookSettings } from "#handlers/config.ts";
import { handlerEnvironment } from "#test/support/handler-environment.ts";

test("a complete environment is read", () => {
  expect(readSettings(webhookSettings, handlerEnvironment)).toEqual({
    STATE_MACHINE_ARN: handlerEnvironment.STATE_MACHINE_ARN,
    OVERFLOW_QUEUE_URL: handlerEnvironment.OVERFLOW_QUEUE_URL,
    SIGNING_SECRET_ID: handlerEnvironment.SIGNING_SECRET_ID,
    DEPLOYMENT_NAME: handlerEnvironment.DEPLOYMENT_NAME,
  });
});

test("every fault is named at once, and no value", () => {
  const read = () => readSettings(apiSettings, { STRIPE_SECRET_ID: "", CLIENT_URL: "value-not-to-be-shown" });
  expect(read).toThrow(/EDUCATION_TABLE_NAME.*STRIPE_SECRET_ID.*DEPLOYMENT_NAME.*CLIENT_URL/);
  expect(read).not.toThrow(/value-not-to-be-shown/);
});
