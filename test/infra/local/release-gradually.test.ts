import {
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  type RoutingConfigurationListItem,
  SFNClient,
  type UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { RELEASE_WAYS, type ReleaseWay } from "#infra/deployment/releases.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { releaseGradually } from "#infra/local/release-gradually.ts";

const MINUTE_MS = 60_000;

/** Plays a release of version 2 over version 1, whose alarm goes off at these minutes. */
async function play(way: ReleaseWay, alarmingAt: (minute: number) => boolean = () => false) {
  let now = 0;
  let definition = "one";
  let routes: RoutingConfigurationListItem[] = [
    { stateMachineVersionArn: `${STATE_MACHINE_ARN}:1`, weight: 100 },
  ];
  /** What each version gets, by the minute at which it was led so. */
  const led: [minute: number, shares: string][] = [];
  const minute = () => now / MINUTE_MS;
  const sfn = Object.assign(Object.create(SFNClient.prototype) as SFNClient, {
    async send(command: unknown) {
      if (command instanceof DescribeStateMachineAliasCommand) return { routingConfiguration: routes };
      if (command instanceof DescribeStateMachineCommand) return { definition };
      if (command instanceof UpdateStateMachineCommand) {
        definition = command.input.definition ?? "";
        return { stateMachineVersionArn: `${STATE_MACHINE_ARN}:2` };
      }
      routes = (command as UpdateStateMachineAliasCommand).input.routingConfiguration ?? [];
      const shares = routes.map((route) => `${route.stateMachineVersionArn?.at(-1)}:${route.weight}`);
      led.push([minute(), shares.join(" ")]);
      return {};
    },
  });
  const clock = { now: () => now, pause: async (ms: number) => void (now += ms) };
  const isAlarming = () => alarmingAt(minute());
  const outcome = await releaseGradually({ sfn, definition: "two", way, isAlarming, clock });
  return { outcome, led, definition };
}

test("a release leads to the new version by the steps of its way, as CloudFormation does", async () => {
  const { canary, linear } = RELEASE_WAYS;
  expect(await play(RELEASE_WAYS["all-at-once"])).toMatchObject({ outcome: "released", led: [[0, "2:100"]] });
  expect(await play(canary)).toEqual({
    outcome: "released",
    led: [
      [0, "2:10 1:90"],
      [10, "2:100"],
    ],
    definition: "two",
  });
  expect((await play(linear)).led).toEqual([
    [0, "2:20 1:80"],
    [10, "2:40 1:60"],
    [20, "2:60 1:40"],
    [30, "2:80 1:20"],
    [40, "2:100"],
  ]);
  const uneven = await play({ ...linear, percentage: 33 });
  expect(uneven.led.map(([, shares]) => shares.split(" ")[0])).toEqual(["2:33", "2:66", "2:99", "2:100"]);
});

test("an alarm takes a release back at the next look, with the definition that was live", async () => {
  expect(await play(RELEASE_WAYS.canary, (minute) => minute >= 4)).toEqual({
    outcome: "taken back",
    led: [
      [0, "2:10 1:90"],
      [4, "1:100"],
    ],
    definition: "one",
  });
});

test("none begins while the alarm is on, and none takes its last step then", async () => {
  const atStart = await play(RELEASE_WAYS.canary, () => true);
  expect([atStart.outcome, atStart.led]).toEqual(["taken back", [[0, "1:100"]]]);
  const atEnd = await play(RELEASE_WAYS.canary, (minute) => minute === 10);
  expect([atEnd.outcome, atEnd.led.at(-1)]).toEqual(["taken back", [10, "1:100"]]);
});
