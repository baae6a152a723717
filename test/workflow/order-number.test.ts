import { expect, test } from "vitest";
import { orderNumberOf, readOrderNumber } from "#workflow/order-number.ts";

const NUMBER = "T0Z0-BKT1";

test("an order's number is short, the same every time, and has no letter that is taken for a digit", () => {
  expect(orderNumberOf("cs_test_a1LxVyv9o6OePnrzthIW0ojfTOZOBktl")).toBe(NUMBER);
  expect(orderNumberOf("cs_1")).toBe("CS1");
});

test.each(["T0Z0-BKT1", "t0z0bkt1", "TOZO BKTL", " tozo-bkti "])("%s is read as it was meant", (text) => {
  expect(readOrderNumber(text)).toBe(NUMBER);
});

test.each(["", "T0Z0-BKT", "T0Z0-BKT12", "cs_test_a1", "ada@example.com", "T0Z0+BKT1"])(
  "%s is no order number",
  (text) => {
    expect(readOrderNumber(text)).toBeUndefined();
  },
);
