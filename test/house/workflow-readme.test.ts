import { describe, expect, test } from "vitest";
import definition from "#workflow/enrollment.asl.json" with { type: "json" };
import { TERMINAL_ERRORS } from "#workflow/errors.ts";
import { codeIn, relativeLinksIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const readme = readTracked("workflow/README.md");

interface Retrier {
  ErrorEquals: string[];
  MaxAttempts: number;
  IntervalSeconds?: number;
  MaxDelaySeconds?: number;
}

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Retry?: Retrier[];
  Catch?: { Next: string }[];
}

const states = Object.entries(definition.States as Record<string, State>);
const tasks = states.filter(([, { Type }]) => Type === "Task");
const caught = tasks.filter(([, { Catch = [] }]) => Catch.some(({ Next }) => Next === "NoteRedriveCount"));

test("the picture shows the state machine as it is", () => {
  const inDefinition = states.flatMap(([name, { Next, Default, Choices = [], Catch = [] }]) =>
    [Next, Default, ...[...Choices, ...Catch].map((rule) => rule.Next)]
      .filter((next) => next !== undefined)
      .map((next) => `${name} --> ${next}`),
  );
  const picture = codeIn(readme).find((code) => code.startsWith("stateDiagram")) ?? "";
  const inPicture = [...picture.matchAll(/(\w+) --> (\w+)/g)].map(([, from, to]) => `${from} --> ${to}`);
  expect(inPicture.sort()).toEqual([...new Set(inDefinition)].sort());
});

test("every step has its rule", () => {
  const rows = tableRowsIn(sectionOf(readme, "The state machine"));
  const steps = rows.flatMap(([step = ""]) => codeIn(step));
  expect(steps.sort()).toEqual(caught.map(([name]) => name).sort());
});

describe("the table of errors", () => {
  const rows = tableRowsIn(sectionOf(readme, "Errors and retries")).map(([by = "", error = "", again = ""]) =>
    [codeIn(by)[0] ?? "every step", codeIn(error)[0], again].join(": "),
  );
  const retriesOf = (by: string, { Retry = [] }: State) =>
    Retry.flatMap((retrier) =>
      retrier.ErrorEquals.map((error) => [by, error, describeRetrier(retrier)].join(": ")),
    );

  test.each(caught)("says of %s what the definition says", (_name, state) => {
    expect(rows.filter((row) => row.startsWith("every step"))).toEqual(retriesOf("every step", state));
  });

  test("says of the other Task states what the definition says", () => {
    const others = tasks.filter((task) => !caught.includes(task));
    expect(rows.filter((row) => !row.startsWith("every step"))).toEqual(
      others.flatMap(([name, state]) => retriesOf(name, state)),
    );
  });

  test("has every error that nobody tries again", () => {
    expect(rows.filter((row) => row.endsWith(": never"))).toEqual(
      TERMINAL_ERRORS.map((error) => `every step: ${error}: never`),
    );
  });
});

function describeRetrier({ MaxAttempts, IntervalSeconds, MaxDelaySeconds }: Retrier): string {
  return MaxAttempts === 0 ? "never" : `${MaxAttempts} times, ${IntervalSeconds} to ${MaxDelaySeconds} s`;
}

describe("decisions", () => {
  const files = trackedFiles.filter((file) => file.startsWith("workflow/decisions/"));

  test("are listed in their order", () => {
    expect(files.length).toBeGreaterThan(0);
    const listed = relativeLinksIn(sectionOf(readme, "Decisions")).map((link) => `workflow/${link}`);
    expect(listed).toEqual(files);
  });

  test.each(files)("%s is one page, numbered as its file, with context, decision and consequence", (file) => {
    const text = readTracked(file);
    const number = Number(/(\d{4})-/.exec(file)?.[1]);
    expect(text).toMatch(new RegExp(`^# ${number}\\. [A-Z]`));
    expect(text.split("\n").length).toBeLessThanOrEqual(30);
    const parts = [...text.matchAll(/^\*\*(\w+)\.\*\*/gm)].map(([, part]) => part);
    expect(parts).toEqual(["Context", "Decision", "Consequence"]);
  });
});
