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
    needs_attention: "Wir gehen der Sache nach",
    withdrawn: "Aufgehoben",
    refunded: "Erstattet",
    expired: "Nicht bezahlt",
  },
  refunded: ({ amount }) => `${amount} erstattet`,
  receipt: "Beleg",
  receiptOf: ({ course }) => `Beleg: ${course}`,
  continueCheckout: "Kauf fortsetzen",
  continueCheckoutOf: ({ course }) => `Kauf fortsetzen: ${course}`,
  follow: "Verfolgen",
  followOf: ({ course }) => `Verfolgen: ${course}`,

  unfinished: "Nicht abgeschlossene Käufe",
  wayOn: {
    open: {
      sentence: "Sie haben noch nicht bezahlt. Ihr Platz an der Kasse wird eine Weile freigehalten.",
      action: "Kauf fortsetzen",
    },
    processing: {
      sentence: "Ihre Bank bearbeitet die Zahlung noch.",
      action: "Zahlung verfolgen",
    },
    paid: {
      sentence: "Ihre Zahlung ist eingegangen. Wir schließen Ihre Einschreibung ab.",
      action: "Zahlung verfolgen",
    },
    needs_attention: {
      sentence: "Ihre Zahlung ist sicher, und wir gehen der Sache nach.",
      action: "So geht es weiter",
    },
  },
};
