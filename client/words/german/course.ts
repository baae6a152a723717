/** A course's own page: what it is, and what the student can do about it. */
import type { Words } from "../english.ts";

export const course: Words["course"] = {
  heading: "Kurs",
  allCourses: "Alle Kurse",
  taughtBy: ({ instructor }) => `Unterrichtet von ${instructor}`,
  objectives: "Was Sie lernen",
  curriculum: "Lehrplan",
  enrollment: "Einschreibung",

  enrolledOn: ({ date }) => `Eingeschrieben am ${date}.`,
  notOffered: "Nicht mehr im Angebot",
  notOfferedNote: "Wer in diesen Kurs eingeschrieben ist, behält ihn.",
  enrollForFree: "Kostenlos einschreiben",
  freeNote: "Keine Karte nötig. Sie können sofort anfangen.",
  signInFirst: "Zuerst melden Sie sich an.",
  buyFor: ({ price }) => `Für ${price} kaufen`,
  continueCheckout: "Kauf fortsetzen",
  buyNote: "Einmal bezahlen, der Kurs bleibt Ihnen. Sichere Zahlung über Stripe.",
  underWay: {
    processing: {
      title: "Zahlung unterwegs",
      note: "Ihre Bank bearbeitet sie noch. Sie müssen nichts weiter tun.",
    },
    paid: {
      title: "Zahlung eingegangen",
      note: "Sie haben für diesen Kurs bezahlt. Mehr ist nicht zu zahlen.",
    },
    needs_attention: {
      title: "Einschreibung aufgehalten",
      note: "Ihre Zahlung ist sicher. Bitte bezahlen Sie nicht noch einmal.",
    },
  },
  followPayment: "Zahlungsstand ansehen",
};
