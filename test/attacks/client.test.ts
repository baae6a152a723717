// @vitest-environment happy-dom
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { safeReturnPath } from "#client/return-path.ts";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import {
  freeCourse,
  ordinaryAnswers,
  paidCourse,
  readHeading,
  serveApi,
  visit,
} from "#test/client/student-site.tsx";

const MARKUP = `<img src=x onerror="globalThis.attacked=1"><script>attacked=1</script>"'><svg onload=attacked=1>`;

const hostile = {
  ...paidCourse,
  name: `Name ${MARKUP}`,
  description: `Description ${MARKUP}`,
  instructor: `Instructor ${MARKUP}`,
  imageUrl: "javascript:attacked=1",
  learningObjectives: [`Objective ${MARKUP}`],
  curriculum: [{ title: `Section ${MARKUP}`, lessons: [`Lesson ${MARKUP}`] }],
};

beforeEach(() => {
  window.location.href = "https://bursar.example/";
  serveApi({
    ...ordinaryAnswers,
    "GET /api/courses": () => ({ courses: [freeCourse, hostile] }),
    [`GET /api/courses/${hostile.courseId}`]: () => ({ course: hostile }),
  });
});

describe("a course whose every text is markup", () => {
  test.each([
    ["the catalogue", "/", ["Name", "Description", "Instructor"]],
    [
      "its page",
      `/courses/${hostile.courseId}`,
      ["Name", "Description", "Instructor", "Objective", "Section", "Lesson"],
    ],
  ])("is text on %s", async (_where, address, fields) => {
    visit(address);
    await readHeading();
    for (const field of fields) {
      await vi.waitFor(() => expect(document.body.textContent).toContain(`${field} ${MARKUP}`));
    }
    expect(
      document.querySelectorAll(`body [src='x'], body script, body [onload], body [onerror]`),
    ).toHaveLength(0);
    expect(document.body.innerHTML).not.toContain("javascript:");
    expect(globalThis).not.toHaveProperty("attacked");
  });
});

test("no page writes HTML of its own making, or runs text as code", () => {
  const client = path.join(import.meta.dirname, "../../client");
  const sources = readdirSync(client, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(20);
  const offenders = sources.filter((file) =>
    /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(
      readFileSync(path.join(client, file), "utf8"),
    ),
  );
  expect(offenders).toEqual([]);
});

/** What browsers read as another site, though it begins as a path does. */
const KNOWN_WAYS_OUT: [string][] = [
  ["//evil.example"],
  ["/\\evil.example"],
  ["/\t/evil.example"],
  ["/.//evil.example"],
];

test("the way back from signing in stays on this site for whatever an address may say", () => {
  const origin = "https://bursar.example";
  const piece = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom(..."/ \\ // . .. @ : ? # %2f %5c \t \n javascript: evil.example".split(" ")),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
    { weight: 1, arbitrary: fc.webUrl() },
  );
  const address = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    { weight: 3, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`) },
    fc.constantFrom(undefined, null, 1, ["/my-courses"], { toString: () => "/my-courses" }),
  );
  fc.assert(
    fc.property(address, (path) => {
      const safe = safeReturnPath(path, origin);
      expect(new URL(safe, origin).origin).toBe(origin);
      // What a browser makes of it a second time must be the same: the path is resolved again when it is used.
      expect(safe).toMatch(/^\/(?![/\\])/);
    }),
    { numRuns: 1_000, examples: KNOWN_WAYS_OUT },
  );
});

test("the policy lets no page run what is not this site's or Stripe's, and frames it nowhere", () => {
  const policy = contentSecurityPolicy({ issuer: ["https://issuer.example"] });
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1]?.split(" ") ?? [];
  expect(scripts.filter((source) => !/^('self'|https:\/\/(\*\.)?js\.stripe\.com)$/.test(source))).toEqual([]);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("base-uri 'none'");
});
