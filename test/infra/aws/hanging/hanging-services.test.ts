import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployedEnvironment } from "#test/support/deployed-environment.ts";
import { startHangingService } from "#test/support/hanging-service.ts";
import { type Invocation, invokeBundle } from "#test/support/invoke-bundle.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { type Case, createCases } from "./cases.ts";
import { bundleDeployedFunctions, type DeployedFunction, type Service } from "./deployed-functions.ts";
import { setScene } from "./set-scene.ts";

/** Milliseconds; as long as the sweep's patience with Stripe, and all processes are started at once. */
const PATIENT = 180_000;

const { stack, clients } = useRunningStack();
let directory: string;
let functions: Map<string, DeployedFunction>;
/** Each in its turn of the table, at once: what takes time here is waiting. */
let outcomes: Map<string, { one: Case; invocation: Invocation; taken: number }>;

const nameOf = (functionName: string, hangs: Service[]) =>
  `${functionName} while ${hangs.join(" and ")} hangs`;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bursar-hanging-"));
  functions = bundleDeployedFunctions(directory);
  const cases = createCases(await setScene(stack, clients));
  const tried = await Promise.all(cases.map(async (one) => ({ one, ...(await invokeWhileItHangs(one)) })));
  outcomes = new Map(tried.map((outcome) => [nameOf(outcome.one.functionName, outcome.one.hangs), outcome]));
}, PATIENT);

afterAll(() => rm(directory, { recursive: true, force: true }));

async function invokeWhileItHangs({ functionName, hangs, asked, withinSeconds }: Case) {
  const deployed = functions.get(functionName);
  if (!deployed) throw new Error(`${functionName} is not deployed`);
  const service = await startHangingService();
  const env = {
    ...deployedEnvironment(stack),
    ...Object.assign({}, ...hangs.map((one) => addressOf(one, service.url))),
  };
  const seconds = withinSeconds ?? deployed.timeoutSeconds;
  const invocation = await invokeBundle(deployed, asked, env, seconds);
  await service.close();
  return { invocation, taken: service.taken() };
}

function addressOf(service: Service, url: string): Record<string, string> {
  switch (service) {
    case "Stripe":
      return { STRIPE_API_BASE: url };
    case "SQS":
      return { AWS_ENDPOINT_URL_SQS: url, OVERFLOW_QUEUE_URL: `${url}/000000000000/bursar-webhook-queue` };
    case "SecretsManager":
      return { AWS_ENDPOINT_URL_SECRETS_MANAGER: url };
    case "Cognito":
      return { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url };
    default:
      return { [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: url };
  }
}

describe("while a service takes the connection and never answers", () => {
  test("every deployed function was tried, with each service that its role lets it call", () => {
    const deployed = [...functions].flatMap(([name, { services }]) =>
      services.map((service) => nameOf(name, [service])),
    );
    expect(deployed.length).toBeGreaterThan(functions.size);
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(deployed));
  });

  test("each function ends in its own words, before its time is over", () => {
    const ends = [...outcomes].map(([name, { invocation }]) => [name, { ...invocation, log: undefined }]);
    const wanted = [...outcomes].map(([name, { one }]) => [name, one.ends]);
    expect(ends).toMatchObject(wanted);
  });

  test("each says in its log whom it has waited for in vain", () => {
    const blamed = [...outcomes].map(([name, { invocation }]) => [
      name,
      invocation.log.flatMap(({ errorName, dependency }) =>
        errorName ? `${errorName} of ${dependency ?? "nobody"}` : [],
      ),
    ]);
    const wanted = [...outcomes].map(([name, { one }]) => [
      name,
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^(Timeout|StripeConnection|Retryable)Error of ${one.blames}$`)),
      ]),
    ]);
    expect(blamed).toEqual(wanted);
  });

  test("each had really called it", () => {
    expect([...outcomes].filter(([, { taken }]) => taken === 0).map(([name]) => name)).toEqual([]);
  });

  test("those with time for three tries had ended the first, and made another", () => {
    const patient = [...outcomes].filter(([, { one }]) => one.hangs.includes("DynamoDB"));
    expect(patient.filter(([, { taken }]) => taken < 2).map(([name]) => name)).toEqual([]);
  });
});
