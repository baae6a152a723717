/** The catalogue and the student's own courses. */
import type { Words } from "../english.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("de");

export const catalogue: Words["catalogue"] = {
  heading: "Kurse",
  introduction:
    "Kostenlose Kurse beginnen sofort. Gekaufte gehören Ihnen auf Dauer, sobald Ihre Zahlung geprüft ist.",
  empty: "Es gibt noch keine Kurse.",
  find: "Kurse finden",
  search: "Kurse durchsuchen",
  price: "Preis",
  anyPrice: "Alle",
  free: "Kostenlos",
  paid: "Kostenpflichtig",
  clear: "Filter zurücksetzen",
  noMatch: "Zu Ihrer Suche passt kein Kurs.",
  emptyPage: "Auf dieser Seite gibt es keine Kurse.",
  pages: "Seiten mit Kursen",
  previousPage: "Vorige Kurse",
  nextPage: "Nächste Kurse",
  found: ({ count }) =>
    plural(count, { one: (shown) => `${shown} Kurs`, other: (shown) => `${shown} Kurse` }),
  moreThan: ({ count }) =>
    plural(count, { one: (shown) => `Mehr als ${shown} Kurs`, other: (shown) => `Mehr als ${shown} Kurse` }),
  onThisPage: ({ count }) =>
    plural(count, {
      one: (shown) => `${shown} Kurs auf dieser Seite`,
      other: (shown) => `${shown} Kurse auf dieser Seite`,
    }),
  noneOfYourOwn: "Sie sind noch in keinen Kurs eingeschrieben.",
  purchasesAndReceipts: "Käufe und Belege",
};
