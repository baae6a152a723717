import { expect, test } from "vitest";
import { findLooseWords } from "./check-words.ts";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const sources = trackedFiles.filter(
  (file) => /^client\/.*\.tsx?$/.test(file) && !file.startsWith("client/words/"),
);

test("whatever a student reads stands in the tables of words", () => {
  expect(sources.length).toBeGreaterThan(50);
  const loose = sources.flatMap((file) =>
    findLooseWords(file, readTracked(file)).map((text) => `${file} says "${text}"`),
  );
  expect(loose).toEqual([]);
});

test.each([
  ["<p>Hello</p>", "Hello"],
  ["<p>{count} courses</p>", "courses"],
  ['<p>{isOpen ? "Open" : null}</p>', "Open"],
  ["<p>{`Open since ${date}`}</p>", "Open since"],
  ['<input aria-label="search" />', "search"],
  ['<input placeholder="search" />', "search"],
  ['<img alt="a course" />', "a course"],
  ['<section title="Order" />', "Order"],
  ["<Bar label={`progress in ${course}`} />", "progress in"],
  ['<Button aria-label={isOpen ? "Close it" : words.open} />', "Close it"],
  ['tell("Your payment is safe.")', "Your payment is safe."],
])("%s is found", (source, text) => {
  expect(findLooseWords("page.tsx", source)).toEqual([text]);
});

test.each([
  '<p className="mt-4 flex">{words.hello}</p>',
  "<p>{count}: {words.hello} ·</p>",
  '<a href="https://example.com" rel="noopener" />',
  'throw new Error("Stripe.js could not be loaded")',
  'fetch(path, { method: "POST", headers: { authorization: `Bearer ${token}` } })',
  'import { Header } from "Header.tsx";',
])("%s is for programs", (source) => {
  expect(findLooseWords("page.tsx", source)).toEqual([]);
});
