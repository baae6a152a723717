import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ALARMS } from "#infra/deployment/alarms.ts";
import definition from "#workflow/enrollment.asl.json" with { type: "json" };

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

interface State {
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
  Type: string;
}

test("the README's picture shows the state machine as it is", () => {
  const inDefinition = Object.entries(definition.States as Record<string, State>).flatMap(([name, state]) =>
    [
      state.Next,
      state.Default,
      ...(state.Choices ?? []).map(({ Next }) => Next),
      ...(state.Catch ?? []).map(({ Next }) => Next),
    ]
      .filter((next) => next !== undefined)
      .map((next) => `${name} --> ${next}`),
  );
  const picture = /```mermaid\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const inPicture = [...picture.matchAll(/(\w+) --> (\w+)/g)].map(([, from, to]) => `${from} --> ${to}`);
  expect(inPicture.sort()).toEqual([...new Set(inDefinition)].sort());
});

test("every npm command in the README exists", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    scripts: Record<string, string>;
  };
  const commands = [...readme.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] ?? "");
  expect(commands.filter((command) => !(command in scripts))).toEqual([]);
});

test("every alarm leads to a section of the runbook", () => {
  const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(/\s/g, "-"),
  );
  expect(
    Object.values(ALARMS)
      .map(({ runbook }) => runbook)
      .filter((anchor) => !anchors.includes(anchor)),
  ).toEqual([]);
});
