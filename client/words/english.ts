/**
 * Every word of the students' site, in English. Its shape is that of every other language: a word that is missing there, or
 * too many, is a type error. What has a value in it is a whole sentence with named values, since word order differs.
 */
import { catalogue } from "./english/catalogue.ts";
import { checkout } from "./english/checkout.ts";
import { course } from "./english/course.ts";
import { frame } from "./english/frame.ts";
import { problems } from "./english/problems.ts";
import { purchase } from "./english/purchase.ts";
import { purchases } from "./english/purchases.ts";

export const english = {
  /** What `<html>` says of itself. */
  page: { language: "en", direction: "ltr" as "ltr" | "rtl" },
  frame,
  catalogue,
  course,
  checkout,
  purchase,
  purchases,
  problems,
};

export type Words = typeof english;
