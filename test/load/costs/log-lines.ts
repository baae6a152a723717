/** How long those lines are that AWS itself writes into the logs, by examples as it writes them; and what it adds to each. */

/** That CloudWatch counts for each line beside its text. */
const LINE_BYTES = 26;
const sizeOf = (...lines: string[]) =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + LINE_BYTES, 0);

const REQUEST_ID = "5e1a6b3c-7d0f-4c6e-9a52-3f1b8c7d6e50";

/** Of one invocation. */
export const INVOCATION_BYTES = sizeOf(
  `START RequestId: ${REQUEST_ID} Version: $LATEST\n`,
  `END RequestId: ${REQUEST_ID}\n`,
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 48.21 ms\tBilled Duration: 49 ms\tMemory Size: 512 MB\tMax Memory Used: 112 MB\t\n`,
);

/** Of one request at the gateway, in the format of the stage. */
export const ACCESS_BYTES = sizeOf(
  JSON.stringify({
    requestId: "JKJaXmPLvHcESHA=",
    time: "26/Nov/2026:12:00:00 +0000",
    routeKey: "GET /api/checkout/session/{sessionId}",
    status: "200",
    latencyMs: "58",
    functionLatencyMs: "55",
    functionError: "-",
    authorizerError: "-",
  }),
);

/** Of one event of an execution: level ALL, without its data. */
export const EXECUTION_EVENT_BYTES = sizeOf(
  JSON.stringify({
    id: "12",
    type: "TaskStateEntered",
    details: { name: "WriteEnrollment" },
    previous_event_id: "11",
    event_timestamp: "1795694400000",
    execution_arn: `arn:aws:states:us-east-1:000000000000:execution:bursar-enrollment:evt_1QaBcDeFgHiJkLmNoPqRsTuV`,
    redrive_count: "0",
  }),
);

export const withLines = (bytes: number, lines: number): number => bytes + lines * LINE_BYTES;
