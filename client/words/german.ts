/** Every word of the students' site, in German. */
import type { Words } from "./english.ts";
import { catalogue } from "./german/catalogue.ts";
import { checkout } from "./german/checkout.ts";
import { course } from "./german/course.ts";
import { frame } from "./german/frame.ts";
import { problems } from "./german/problems.ts";
import { purchase } from "./german/purchase.ts";
import { purchases } from "./german/purchases.ts";

export const german: Words = {
  page: { language: "de", direction: "ltr" },
  frame,
  catalogue,
  course,
  checkout,
  purchase,
  purchases,
  problems,
};
