import { expect, test } from "vitest";
import { signIn } from "#infra/local/student-session.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { LIMITS } from "#workflow/limits.ts";

const { stack } = useRunningStack();

/** As a script does it that reads neither page nor answer: one request after another. */
async function loop(
  requests: number,
  accessToken: string,
  path: (request: number) => string,
  body?: object,
): Promise<Response[]> {
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const init = { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) };
  const answers: Response[] = [];
  for (let request = 0; request < requests; request += 1) {
    const answer = await fetch(`${stack.clientUrl}${path(request)}`, init);
    await answer.arrayBuffer();
    answers.push(answer);
  }
  return answers;
}

const count = (answers: Response[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test("a student's loops are answered 429 with a time to wait, while another buys as if nothing were", async () => {
  const [eve, ada] = await Promise.all([
    signIn("grace@example.com", stack),
    signIn("ada@example.com", stack),
  ]);
  // More than two windows hold, should one end just then.
  const requests = 2 * LIMITS.lookUps.most + 30;
  const [polls, posts, bought] = await Promise.all([
    loop(requests, eve.accessToken, (request) => `/api/checkout/session/cs_test_made_up_${request}`),
    loop(requests, eve.accessToken, () => "/api/enrollments", { courseId: "TEST-COURSE-005" }),
    ada.enroll("TEST-COURSE-003"),
  ]);
  expect(bought.status).toBe("pending");
  for (const [answers, served, { most }] of [
    [polls, 404, LIMITS.lookUps],
    [posts, 201, LIMITS.checkouts],
  ] as const) {
    expect(count(answers, 429)).toBeGreaterThan(0);
    expect(count(answers, served)).toBeGreaterThanOrEqual(most);
    expect(count(answers, served) + count(answers, 429)).toBe(requests);
    const waits = answers
      .filter(({ status }) => status === 429)
      .map((answer) => Number(answer.headers.get("retry-after")));
    expect(waits.filter((seconds) => !(seconds >= 1 && seconds <= 60))).toEqual([]);
  }
});
