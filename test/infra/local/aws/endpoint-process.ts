/** Runs an endpoint on the data directory of its first argument, until it is killed, and prints its URL. */

import { startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { readDefinition, STEP_FUNCTION_ARNS } from "#infra/local/definition.ts";
import { DEAD_LETTER_QUEUE_NAME, OVERFLOW_QUEUE_NAME, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

const endpoint = await startAwsEndpoint({
  port: 0,
  dataDir: process.argv[2] ?? "",
  accessKey: TEST_ACCESS_KEY,
  stateMachine: { name: STATE_MACHINE_NAME, definition: await readDefinition("http://localhost") },
  invokeFunction: async (functionArn) => {
    if (functionArn === STEP_FUNCTION_ARNS.WriteEnrollment) await new Promise(() => undefined);
    return { isBarred: false };
  },
  secrets: {},
  queues: [{ name: OVERFLOW_QUEUE_NAME }, { name: DEAD_LETTER_QUEUE_NAME }],
});
console.log(endpoint.url);
