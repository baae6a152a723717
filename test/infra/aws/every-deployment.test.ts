import { expect, test } from "vitest";
import { type MadeDeployment, makeEveryDeployment, REGIONS, STAGES } from "./every-deployment.ts";
import { fixedNamesIn } from "./fixed-names.ts";
import type { Template } from "./synthesise-templates.ts";

const made = makeEveryDeployment();

/** Each two deployments of one stage, in both orders. */
const changes = made.flatMap((before) =>
  made
    .filter((after) => after.stage === before.stage && after !== before)
    .map((after) => ({ before, after })),
);

const describe = ({ before, after }: { before: MadeDeployment; after: MadeDeployment }) =>
  `${before.stage} ${before.context}, then ${after.context}`;

test("there are six contexts in three stages, and each can become each other", () => {
  expect(made).toHaveLength(18);
  expect(changes).toHaveLength(90);
});

test("no change of a stage's context takes away what its stacks still import from each other, or changes it", () => {
  const broken = changes.flatMap((change) => {
    const kept = exportsOf(change.after);
    const before = exportsOf(change.before);
    return importsOf(change.before)
      .filter((name) => kept[name] === undefined || kept[name] !== before[name])
      .map((name) => `${describe(change)}: ${name}`);
  });
  expect(broken).toEqual([]);
});

test("what a stack imports is exported by another of the same deployment", () => {
  for (const deployment of made) {
    const imports = importsOf(deployment);
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((name) => exportsOf(deployment)[name] === undefined)).toEqual([]);
  }
});

/** Types of which each has something in it. */
const keepers = [
  "AWS::DynamoDB::GlobalTable",
  "AWS::Cognito::UserPool",
  "AWS::SQS::Queue",
  "AWS::S3::Bucket",
];

const keepersNames = ({ templates }: MadeDeployment) =>
  fixedNamesIn(templates, "us-east-1")
    .filter(({ type }) => keepers.includes(type))
    .map(({ name }) => name)
    .sort();

test("no change of a stage's context gives a resource another name or takes one away that has data in it", () => {
  const kept = ({ templates }: MadeDeployment) =>
    Object.entries(templates)
      .flatMap(([stack, { Resources }]) =>
        Object.entries(Resources)
          .filter(([, { Type }]) => keepers.includes(Type))
          .map(([id]) => `${stack} ${id}`),
      )
      .sort();
  for (const { before, after } of changes) {
    expect(kept(after)).toEqual(kept(before));
    expect(keepersNames(after), describe({ before, after })).toEqual(keepersNames(before));
  }
});

test("no two stages, and no stage in two regions, share a name that AWS wants once", () => {
  for (const context of new Set(made.map((deployment) => deployment.context))) {
    const taken = STAGES.flatMap((stage) => REGIONS.map((region) => ({ stage, region }))).flatMap(
      ({ stage, region }) => {
        const deployment = made.find((one) => one.stage === stage && one.context === context);
        return fixedNamesIn(deployment?.templates ?? {}, region).map(({ type, name, isAccountWide }) =>
          [type, isAccountWide ? "everywhere" : region, name].join(" "),
        );
      },
    );
    expect(taken.length).toBeGreaterThan(200);
    expect(taken.filter((name, index) => taken.indexOf(name) !== index)).toEqual([]);
  }
});

test("the longest names of the longest stage fit", () => {
  const names = made.flatMap(({ templates }) => fixedNamesIn(templates, "ap-southeast-2"));
  const tooLong = names.filter(({ name, most }) => name.length > most);
  expect(tooLong).toEqual([]);
});

function exportsOf({ templates }: MadeDeployment): Record<string, string> {
  const outputs = Object.values(templates).flatMap(({ Outputs = {} }: Template) => Object.values(Outputs));
  return Object.fromEntries(
    outputs.flatMap(({ Value, Export }) => (Export ? [[Export.Name, JSON.stringify(Value)]] : [])),
  );
}

function importsOf({ templates }: MadeDeployment): string[] {
  const written = JSON.stringify(templates);
  return [...new Set([...written.matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name = ""]) => name))];
}
