import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { describeApi } from "#handlers/openapi/document.ts";

const document = describeApi("https://courses.bursar.test");

/** @returns what the linter's recommended rules for OpenAPI 3.1 find, warnings too */
async function lint(described: unknown): Promise<string[]> {
  const problems = await lintFromString({
    source: JSON.stringify(described),
    absoluteRef: "openapi.json",
    config: await createConfig({ extends: ["recommended-strict"] }),
  });
  return problems.map(({ ruleId, location }) => `${ruleId} at ${location[0]?.pointer}`);
}

test("a linter that others keep finds nothing in the API's document", async () => {
  await expect(lint(document)).resolves.toEqual([]);
});

describe("it finds", () => {
  const { paths, components } = document;
  const { schemas } = components;
  const health = paths["/api/health"]?.["get"];
  const withHealth = (operation: object) => ({
    ...document,
    paths: { ...paths, "/api/health": { get: { ...health, ...operation } } },
  });

  test.each([
    ["a field that OpenAPI does not have", { ...document, routes: [] }, "struct at #/routes"],
    [
      "a type that JSON Schema does not have",
      { ...document, components: { ...components, schemas: { ...schemas, Error: { type: "any" } } } },
      "struct at #/components/schemas/Error/type",
    ],
    [
      "a parameter that the path does not have",
      withHealth({
        parameters: [{ name: "courseId", in: "path", required: true, schema: { type: "string" } }],
      }),
      "path-parameters-defined at #/paths/~1api~1health/get/parameters/0/name",
    ],
    [
      "a name that two operations have",
      withHealth({ operationId: paths["/api/openapi.json"]?.["get"]?.operationId }),
      "operation-operationId-unique at #/paths/~1api~1openapi.json/get/get-api-openapi-json",
    ],
    [
      "a kind of token that is nowhere described",
      withHealth({ security: [{ operator: [] }] }),
      "security-defined at #/paths/~1api~1health/get/security/0/operator",
    ],
  ])("%s", async (_fault, described, finding) => {
    await expect(lint(described)).resolves.toEqual([finding]);
  });
});
