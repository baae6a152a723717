/** A purchase's own page: how far it has come, and what can be done. */
import type { Words } from "../english.ts";

export const purchase: Words["purchase"] = {
  checking: "Ihr Kauf wird geprüft",
  checkingNote: "Wir fragen nach, wie weit er ist.",
  keepsTrying: "Ihr Kauf ist davon nicht betroffen. Diese Seite versucht es von selbst weiter.",

  open: {
    heading: "Ihre Zahlung ist nicht abgeschlossen",
    explanation: ({ course }) => `Für ${course ? `„${course}“` : "Ihren Kurs"} wurde Ihnen nichts berechnet.`,
  },
  processing: {
    heading: "Ihre Bank arbeitet daran",
    explanation: ({ course }) =>
      `Ihre Bestellung ${course ? `von „${course}“` : "Ihres Kurses"} ist eingegangen, und Ihre Bank bearbeitet die Zahlung noch. Das kann einige Werktage dauern. Sie müssen nichts weiter tun und können diese Seite schließen.`,
  },
  paid: {
    heading: "Zahlung eingegangen",
    explanation: ({ course }) =>
      `Wir prüfen Ihre Zahlung und schreiben Sie in ${course ? `„${course}“` : "Ihren Kurs"} ein. Das dauert meist nur wenige Sekunden.`,
  },
  slow: {
    heading: "Zahlung eingegangen",
    explanation: ({ course }) =>
      `Ihre Zahlung ist sicher, aber die Einschreibung in ${course ? `„${course}“` : "Ihren Kurs"} dauert länger als üblich. Wir bleiben dran. Sie können diese Seite schließen; der Katalog führt Sie hierher zurück.`,
  },
  enrolled: {
    heading: "Sie sind eingeschrieben",
    explanation: ({ course }) => `${course ? `„${course}“` : "Der Kurs"} gehört Ihnen. Viel Freude damit!`,
  },
  needs_attention: {
    heading: "Ihre Einschreibung ist aufgehalten",
    explanation: ({ isTold }) =>
      `Ihre Zahlung ist sicher. Etwas hält den Abschluss Ihrer Einschreibung auf${isTold ? ", und wer das beheben kann, ist benachrichtigt" : ""}. Bitte bezahlen Sie nicht noch einmal.`,
  },
  paidTwice: {
    heading: "Sie haben diesen Kurs zweimal bezahlt",
    explanation: ({ course, isTold }) =>
      `${course ? `„${course}“` : "Ihr Kurs"} gehört Ihnen durch einen anderen Kauf, diese Zahlung war also eine zu viel. Sie ist sicher${isTold ? ", und wer sie zurücksenden kann, ist benachrichtigt" : ""}.`,
  },
  withdrawnOwned: {
    heading: "Dieser Kauf wurde aufgehoben",
    explanation: ({ course }) =>
      `${course ? `„${course}“` : "Der Kurs"} gehört Ihnen trotzdem, durch einen anderen Kauf.`,
  },
  refundedOwned: {
    heading: "Ihre Zahlung wurde erstattet",
    explanation: ({ course }) =>
      `Das Geld dieser Zahlung wurde zurückgesandt. ${course ? `„${course}“` : "Der Kurs"} gehört Ihnen trotzdem, durch einen anderen Kauf.`,
  },
  expiredOwned: {
    heading: "Dieser Bezahlvorgang ist beendet",
    explanation: ({ course }) =>
      `Dafür wurde Ihnen nichts berechnet, und ${course ? `„${course}“` : "der Kurs"} gehört Ihnen durch einen anderen Kauf.`,
  },
  withdrawn: {
    heading: "Dieser Kauf wurde aufgehoben",
    explanation: ({ course }) => `Er gibt Ihnen keinen Platz in ${course ? `„${course}“` : "dem Kurs"}.`,
  },
  refunded: {
    heading: "Ihre Zahlung wurde erstattet",
    explanation: ({ course }) =>
      `Das Geld wurde zurückgesandt, und Sie sind nicht in ${course ? `„${course}“` : "den Kurs"} eingeschrieben. Bis Ihre Bank es anzeigt, können einige Tage vergehen.`,
  },
  refused: {
    heading: "Ihre Bank hat die Zahlung abgelehnt",
    explanation: ({ course }) =>
      `Ihnen wurde nichts berechnet, und Sie sind nicht in ${course ? `„${course}“` : "den Kurs"} eingeschrieben.`,
  },
  expired: {
    heading: "Dieser Bezahlvorgang ist abgelaufen",
    explanation: () => "Ihnen wurde nichts berechnet.",
  },
  again: {
    open: "Sie können zur Kasse zurückkehren und bezahlen.",
    withdrawn: "Wenn Sie den Kurs weiterhin möchten, können Sie ihn erneut kaufen.",
    refunded: "Wenn Sie den Kurs doch möchten, können Sie ihn erneut kaufen.",
    refused: "Sie können mit einer anderen Zahlungsart neu beginnen.",
    expired: "Sie können jederzeit neu beginnen.",
  },
  notOffered: "Der Kurs wird nicht mehr angeboten.",

  backToCheckout: "Zurück zur Kasse",
  startAgain: "Neu beginnen",
  buyAgain: "Erneut kaufen",
  seeCourse: "Kurs ansehen",
  support: "Wenn Sie zu diesem Kauf schreiben, nennen Sie bitte seine Bestellnummer:",

  timeline: {
    progress: "Verlauf Ihres Kaufs",
    outcome: "Was aus Ihrem Kauf wurde",
    paid: {
      name: "Bezahlt",
      done: "Ihre Zahlung ist bei uns eingegangen",
      current: "Ihre Bank bearbeitet die Zahlung",
      stuck: "Etwas steht im Weg",
      ahead: "Ihre Zahlung geht bei uns ein",
    },
    verified: {
      name: "Geprüft",
      done: "Sie stimmt mit Ihrer Bestellung überein",
      current: "Wir vergleichen sie mit Ihrer Bestellung",
      stuck: "Etwas steht im Weg",
      ahead: "Wir vergleichen sie mit Ihrer Bestellung",
    },
    enrolled: {
      name: "Eingeschrieben",
      done: "Der Kurs gehört Ihnen",
      current: "Sie werden in den Kurs eingeschrieben",
      stuck: "Sie werden in den Kurs eingeschrieben",
      ahead: "Sie werden in den Kurs eingeschrieben",
    },
    withdrawn: { name: "Aufgehoben", note: "Dieser Kauf gibt Ihnen keinen Platz im Kurs" },
    refunded: { name: "Erstattet", note: "Ihr ganzes Geld wurde zurückgesandt" },
    paidTwice: { name: "Zweimal bezahlt", note: "Der Kurs gehört Ihnen durch einen anderen Kauf" },
    spoken: {
      done: "erledigt",
      current: "läuft",
      stuck: "wird geklärt",
      ahead: "steht noch aus",
      undone: "erledigt",
    },
  },
};
