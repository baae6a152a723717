import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fit } from "#handlers/adapters/stripe/fit.ts";

test("what fits stays as it is", () => {
  expect(fit("Reliable Payments", 500)).toBe("Reliable Payments");
  expect(fit("🎓🎓", 4)).toBe("🎓🎓");
});

test("what is cut ends with three dots, and with a whole character before them", () => {
  expect(fit("abcdef", 4)).toBe("abc…");
  expect(fit("ab🎓🎓", 4)).toBe("ab…");
});

test("whatever there is fits and can be sent", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 30 });
  const units = fc.array(fc.integer({ min: 0xd700, max: 0xe000 }), { maxLength: 30 });
  const anything = fc.oneof(
    anyText,
    units.map((codes) => String.fromCharCode(...codes)),
  );
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 30 }), (text, most) => {
      const fitted = fit(text, most);
      expect(fitted.length).toBeLessThanOrEqual(most);
      expect(() => encodeURIComponent(fitted)).not.toThrow();
    }),
  );
});
