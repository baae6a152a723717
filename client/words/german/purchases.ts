/** The student's purchases in lists: where there is room for a few words only. */
import type { Words } from "../english.ts";

export const purchases: Words["purchases"] = {
  heading: "Käufe",
  empty: "Sie haben noch keinen Kurs gekauft.",
  stages: {
    open: "Noch nicht bezahlt",
    processing: "Ihre Bank arbeitet daran",
    paid: "Bezahlt, Einschreibung läuft",
    enrolled: "Eingeschrieben",
    needs_attention: "Bezahlt, Einschreibung aufgehalten",
    paidTwice: "Zweimal bezahlt",
    withdrawn: "Aufgehoben",
    refunded: "Erstattet",
    expired: "Nicht bezahlt",
  },
  dispute: {
    open: "Sie haben Ihre Bank um das Geld gebeten. Sie hat noch nicht entschieden.",
    granted: "Ihre Bank hat Ihnen das Geld zurückgegeben.",
    refused: "Sie haben Ihre Bank um das Geld gebeten. Sie hat die Zahlung belassen, wie sie ist.",
  },
  notOffered: "Der Kurs wird nicht mehr angeboten",
  sums: {
    price: "Preis",
    discount: "Nachlass",
    tax: "Steuer",
    taxIncluded: "Steuer, enthalten",
    paid: "Bezahlt",
    refunded: "Erstattet",
    date: "Datum",
    orderNumber: "Bestellnummer",
  },
  receipt: { name: "Beleg", of: ({ course }) => `Beleg: ${course}` },
  invoice: { name: "Rechnung", of: ({ course }) => `Rechnung: ${course}` },
  showMore: "Mehr Käufe anzeigen",
  continueCheckout: "Kauf fortsetzen",
  continueCheckoutOf: ({ course }) => `Kauf fortsetzen: ${course}`,
  follow: "Stand ansehen",
  followOf: ({ course }) => `Stand ansehen: ${course}`,

  unfinished: "Nicht abgeschlossene Käufe",
  wayOn: {
    open: {
      sentence: "Sie haben noch nicht bezahlt. Ihr begonnener Kauf bleibt eine Weile bestehen.",
      action: "Kauf fortsetzen",
    },
    processing: {
      sentence: "Ihre Bank bearbeitet die Zahlung noch.",
      action: "Zahlungsstand ansehen",
    },
    paid: {
      sentence: "Ihre Zahlung ist eingegangen. Wir schließen Ihre Einschreibung ab.",
      action: "Zahlungsstand ansehen",
    },
    needs_attention: {
      sentence: "Ihre Zahlung ist sicher. Ihre Einschreibung ist aufgehalten.",
      action: "Stand ansehen",
    },
    paidTwice: {
      sentence: "Sie haben diesen Kurs zweimal bezahlt. Ihre Zahlung ist sicher.",
      action: "Stand ansehen",
    },
  },
};
