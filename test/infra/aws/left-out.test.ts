import { expect, test } from "vitest";
import { decode, encodingExists, getDecoder } from "#infra/aws/left-out/encodings.ts";
import { parse } from "#infra/aws/left-out/nested-queries.ts";

const text = "Zoë kauft für 49 €";
const bytes = new TextEncoder().encode(text);

test("UTF-8 is read as it comes, whatever its pieces divide", () => {
  const decoder = getDecoder("utf-8");
  const pieces = [...bytes].map((byte) => decoder.write(Uint8Array.of(byte)));
  expect(pieces.join("") + decoder.end()).toBe(text);
  expect(decode(bytes, "UTF8")).toBe(text);
});

test("its mark is no part of the text, and what is cut off in a character is seen", () => {
  expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes), "utf-8")).toBe(text);
  const decoder = getDecoder("utf-8");
  expect(decoder.write(bytes.slice(0, 3)) + decoder.end()).toBe("Zo\u{fffd}");
  expect(decode(bytes.slice(0, 3), "utf-8")).toBe("Zo\u{fffd}");
});

test("no other encoding is known, in the words by which raw-body answers 415", () => {
  expect(["utf-8", "UTF8"].filter(encodingExists)).toHaveLength(2);
  for (const name of ["utf-16", "latin1", "utf-7", ""]) {
    expect(encodingExists(name), name).toBe(false);
    expect(() => getDecoder(name), name).toThrow(/^Encoding not recognized: /);
  }
});

test("whoever would have queries nested is told why they are not", () => {
  expect(parse).toThrow(/^qs is left out/);
});
