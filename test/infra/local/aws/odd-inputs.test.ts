import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { DEAD_LETTER_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { NO_PAYMENT_EVENTS } from "#test/support/no-payment-events.ts";
import { readDeadLetter } from "#workflow/dead-letters/read.ts";
import { expectStatus, failing, readHistory, startExecution, startTestEndpoint } from "./endpoint-fixture.ts";

test.each(NO_PAYMENT_EVENTS)(
  "an execution started with %s ends in one dead letter, and can be redriven",
  async (_what, input) => {
    const { sfn, sqs, url } = await startTestEndpoint({ validateSession: failing("InvalidPaymentEvent") });
    const takeLetters = async () => {
      const receive = { QueueUrl: queueUrl(url, DEAD_LETTER_QUEUE_NAME), MaxNumberOfMessages: 10 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(receive));
      return Messages.map(({ Body = "" }) =>
        readDeadLetter(Body, { messageId: "m", receiptHandle: "r", sentAt: "" }),
      );
    };
    const letter = { error: "InvalidPaymentEvent", executionName: "by-hand" };

    const arn = await startExecution(sfn, "by-hand", input);
    await expectStatus(sfn, arn, "FAILED");
    expect(await takeLetters()).toMatchObject([letter]);
    await sfn.send(new RedriveExecutionCommand({ executionArn: arn }));
    await expect.poll(takeLetters).toMatchObject([letter]);
    await expectStatus(sfn, arn, "FAILED");
    const entered = (await readHistory(sfn, arn)).flatMap(
      ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? [],
    );
    expect(entered.filter((name) => name === "ValidateSession")).toHaveLength(2);
  },
);
