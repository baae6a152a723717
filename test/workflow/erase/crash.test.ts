import { expect, test } from "vitest";
import { aroundCalls, Crash, crashAt } from "#test/support/around-calls.ts";
import { student } from "#test/support/payment-events.ts";
import { erase } from "#workflow/erase/erase.ts";
import { giveToGrace, PSEUDONYM, signature, useErase } from "./use-erase.ts";

const under = useErase();

/** Which name it is differs from one erasure to the next. */
async function left(): Promise<string> {
  const text = JSON.stringify(await under.scan());
  expect(new Set(text.match(PSEUDONYM)).size).toBe(1);
  return text.replaceAll(PSEUDONYM, "somebody");
}

async function start() {
  await under.reset();
  await giveToGrace(under);
}

test.each([false, true])(
  "a second try finishes what a crash at any call has left (its effect was there: %s)",
  async (isDone) => {
    await start();
    await erase(student.userId, signature, under.ports);
    const whole = await left();

    let crashes = 0;
    for (let n = 1; ; n += 1) {
      await start();
      const crash = crashAt(n, isDone);
      await erase(student.userId, signature, aroundCalls(under.ports, crash)).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      if (!crash.hasCrashed()) break;
      crashes += 1;
      await erase(student.userId, signature, under.ports);
      expect(await left(), `after a crash at call ${n}`).toBe(whole);
      expect(under.payments.payable()).toEqual([]);
    }
    expect(crashes).toBeGreaterThan(15);
  },
);
