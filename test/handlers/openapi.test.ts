import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeApi } from "#handlers/openapi/document.ts";
import { ROUTES } from "#workflow/contract.ts";

const document = describeApi("http://localhost:3000");
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
);

const handlers = new URL("../../handlers/", import.meta.url);
const routes = readdirSync(new URL("routes/", handlers)).map((name) => `routes/${name}`);
const sources = [...routes, "webhook.ts"].map((name) => readFileSync(new URL(name, handlers), "utf8"));

/** Of each error that the sources name: `404 course_not_found`. */
function errorsInSources(): string[] {
  const inCalls = sources.flatMap((text) => [
    ...text.matchAll(/(?:HttpError|refuse)\(\s*(\d{3}),\s*"(\w+)"/g),
  ]);
  const ofWebhook = sources.flatMap((text) => [
    ...(/REFUSAL_CODES[^{]*\{([^}]*)\}/.exec(text)?.[1] ?? "").matchAll(/()"(\w+)"/g),
  ]);
  return [...inCalls, ...ofWebhook].map(([, status, code]) => `${status || 400} ${code}`);
}

/** The same of those that the document names. */
const errorsInDocument = operations.flatMap(({ responses }) =>
  Object.entries(responses).flatMap(([status, response]) =>
    [...JSON.stringify(response).matchAll(/"enum":\[([^\]]*)\]/g)]
      .filter(() => Number(status) >= 400)
      .flatMap(([, codes = ""]) => codes.split(",").map((code) => `${status} ${code.replaceAll('"', "")}`)),
  ),
);

test("every route is described, and no other", () => {
  expect(operations.map(({ key }) => key).sort()).toEqual(
    ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test("a parameter of every path is described", () => {
  for (const { key, parameters } of operations) {
    const inPath = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name)).toEqual(inPath);
  }
});

test("every error that a handler names is described with its status, and no other", () => {
  // What Express refuses to read has a status of its own.
  const named = [...errorsInSources(), "415 invalid_request"];
  expect(named.length).toBeGreaterThan(15);
  expect([...new Set(errorsInDocument)].sort()).toEqual([...new Set(named)].sort());
});

test("a student's route asks for a token, and no other", () => {
  const guarded = operations.filter(({ security }) => security.length > 0).map(({ key }) => key);
  const students = ROUTES.filter(({ access }) => access === "student");
  expect(guarded.sort()).toEqual(students.map(({ method, path }) => `${method} ${path}`).sort());
});
