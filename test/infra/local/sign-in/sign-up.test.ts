import type { PreSignUpTriggerEvent } from "aws-lambda";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { ada, useIssuer } from "./use-issuer.ts";

const shared = useIssuer();
const asked: PreSignUpTriggerEvent[] = [];

afterEach(() => {
  asked.length = 0;
});

async function startWith(answer: (event: PreSignUpTriggerEvent) => PreSignUpTriggerEvent) {
  const issuer = await shared.start({
    preSignUp: async (event) => {
      asked.push(event);
      return answer(event);
    },
  });
  onTestFinished(() => issuer.close());
  return issuer;
}

test("the trigger is asked once for whoever is new, and not for who has an account", async () => {
  const { url } = await startWith((event) => event);
  await shared.signIn(ada.email, url);
  await shared.signIn("Mary.Jackson@example.com", url);
  await shared.signIn("mary.jackson@example.com", url);
  expect(asked).toMatchObject([
    {
      triggerSource: "PreSignUp_SignUp",
      request: { userAttributes: { email: "mary.jackson@example.com", name: "Mary Jackson" } },
    },
  ]);
});

const refusal = (name: string) =>
  Object.assign(new Error("This e-mail address signs in with Google."), { name });

test.each([
  ["SignUpRefused", "This e-mail address signs in with Google."],
  ["Runtime.ExitError", "Signing up does not work right now."],
])("whom the trigger ends with %s is told %j, and has no account", async (name, sentence) => {
  let isRefusing = true;
  const { url } = await startWith((event) => {
    if (isRefusing) throw refusal(name);
    return event;
  });
  await expect(shared.signIn("mary@example.com", url)).rejects.toThrow(sentence);
  isRefusing = false;
  await shared.signIn("mary@example.com", url);
  expect(asked).toHaveLength(2);
});
