import { beforeEach, expect, test, vi } from "vitest";
import { readDeployment } from "#infra/aws/deployment-context.ts";
import { listChecks } from "#infra/aws/preflight/checks.ts";
import { runChecks } from "#infra/aws/preflight/run-checks.ts";
import { startStubbornAws } from "#test/support/stubborn-aws.ts";

const aws = await startStubbornAws();

const stackThere = {
  xml: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
    <member><StackName>One</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>
    </DescribeStacksResult></DescribeStacksResponse>`,
};
const noStack = { error: "ValidationError", message: "Stack with id One does not exist" };
const missing = { error: "ResourceNotFoundException" };
const distributions = (quantity: number) => ({
  xml: `<DistributionList><Marker></Marker><MaxItems>1</MaxItems><IsTruncated>false</IsTruncated><Quantity>${quantity}</Quantity></DistributionList>`,
});
const settings = (limit: number, unreserved: number) => ({
  json: { AccountLimit: { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: unreserved } },
});
const versionArn = (number: number) =>
  `arn:aws:states:eu-west-1:123456789012:stateMachine:bursar-enrollment:${number}`;
const versionLeft = (number: number) => ({
  xml: `<ListStackResourcesResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStackResourcesResult><StackResourceSummaries>
    <member><LogicalResourceId>Version</LogicalResourceId><PhysicalResourceId>${versionArn(number)}</PhysicalResourceId>
    <ResourceType>AWS::StepFunctions::StateMachineVersion</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>
    </StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
});
const routed = (number: number) => ({
  json: { routingConfiguration: [{ stateMachineVersionArn: versionArn(number), weight: 100 }] },
});
const CONCURRENCY = "GET /2016-08-19/account-settings";

/** An account that is prepared, used, and has nothing of Bursar in it. */
const READY: typeof aws.answers = {
  "DescribeStacks CDKToolkit": stackThere,
  DescribeStacks: noStack,
  ListStackResources: noStack,
  DescribeTable: missing,
  DescribeSecret: missing,
  [CONCURRENCY]: settings(1000, 1000),
  "GET /2019-09-30/functions": missing,
  "GET /2020-05-31/distribution": distributions(3),
};

beforeEach(() => {
  aws.asked.length = 0;
  aws.answers = { ...READY };
  for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value);
});

const check = (context: string[] = [], bootstraps = false) =>
  runChecks(listChecks(readDeployment(context), bootstraps));

const google = ["googleClientId=id", "googleSecretId=bursar/google"];

test("nothing is said of an account that is ready", async () => {
  expect(await check()).toEqual({ stops: [], notes: [] });
});

test.each<[string, typeof aws.answers, string[], string]>([
  ["that is not prepared", { "DescribeStacks CDKToolkit": noStack }, [], "add --bootstrap, once"],
  ["that is days old", { [CONCURRENCY]: settings(10, 10) }, [], "Add -c reservedConcurrency=off"],
  [
    "whose others have reserved",
    { [CONCURRENCY]: settings(1000, 499) },
    [],
    "Add -c reservedConcurrency=off",
  ],
  ["with a table left", { DescribeTable: { json: { Table: {} } } }, [], "The table bursar-education is left"],
  [
    "whose signing secret is going",
    { "DescribeSecret learnermax/signing-secret": { json: { DeletedDate: 1_700_000_000 } } },
    [],
    "aws secretsmanager restore-secret --secret-id learnermax/signing-secret",
  ],
  [
    "whose live version somebody has led back",
    { ListStackResources: versionLeft(4), DescribeStateMachineAlias: routed(3) },
    [],
    "live leads to version 3, where somebody has led it, and a gradual deployment would begin with version 4",
  ],
  ["without Google's secret", {}, google, "There is no secret bursar/google"],
])("an account %s is told before anything is made", async (_what, answers, context, sentence) => {
  aws.answers = { ...answers, ...READY, ...answers };
  const { stops, notes } = await check(context);
  expect(stops).toEqual([expect.stringContaining(sentence)]);
  expect(notes).toEqual([]);
});

test("a release that is taken back by hand is no matter where the next one comes at once, or follows from there", async () => {
  aws.answers = { ...READY, ListStackResources: versionLeft(4), DescribeStateMachineAlias: routed(3) };
  expect(await check(["release=all-at-once"])).toEqual({ stops: [], notes: [] });
  aws.answers["DescribeStateMachineAlias"] = routed(4);
  expect(await check()).toEqual({ stops: [], notes: [] });
});

test("a web ACL of its own is refused where CloudFront takes none, and made where it does", async () => {
  const { stops } = await check(["waf=on"]);
  expect(stops).toEqual([
    expect.stringContaining("in us-east-1 only, and this is eu-west-1. Give -c waf= the ARN"),
  ]);
  vi.stubEnv("AWS_REGION", "us-east-1");
  expect((await check(["waf=on"])).stops).toEqual([]);
});

test("what is already reserved for this stage need not be free again", async () => {
  aws.answers["GET /2019-09-30/functions"] = { json: { ReservedConcurrentExecutions: 200 } };
  aws.answers[CONCURRENCY] = settings(500, 100);
  expect((await check()).stops).toEqual([]);
});

test("without reservations, small accounts will do", async () => {
  aws.answers[CONCURRENCY] = settings(10, 10);
  expect((await check(["reservedConcurrency=off"])).stops).toEqual([]);
});

test("a table that belongs to the deployment is not in its way, and an account may be prepared now", async () => {
  aws.answers = {
    "DescribeStacks Bursar-Data": stackThere,
    ...READY,
    "DescribeStacks CDKToolkit": noStack,
    DescribeTable: { json: { Table: {} } },
  };
  expect(await check([], true)).toEqual({ stops: [], notes: [] });
});

test("an account that never used CloudFront is told what may come, and goes on", async () => {
  aws.answers["GET /2020-05-31/distribution"] = distributions(0);
  const { stops, notes } = await check();
  expect(stops).toEqual([]);
  expect(notes).toEqual([expect.stringContaining("ask AWS Support")]);
});

test("what may not be asked is named and stops nothing", async () => {
  aws.answers = {};
  const { stops, notes } = await check(google);
  expect(stops).toEqual([]);
  expect(notes).toHaveLength(listChecks(readDeployment(google), false).length);
  for (const note of notes) expect(note).toMatch(/^Not checked: whether .+\(Access\w+\)\.$/);
});

test("what is not answered is named and stops nothing", async () => {
  aws.answers = Object.fromEntries(Object.keys(READY).map((name) => [name, "hang" as const]));
  const { stops, notes } = await check();
  expect(stops).toEqual([]);
  expect(notes).toHaveLength(listChecks(readDeployment([]), false).length);
});
