/** A purchase's own page: how far it has come, and what can be done. */
import type { Words } from "../english.ts";

export const purchase: Words["purchase"] = {
  checking: "Ihr Kauf wird geprüft",
  checkingNote: "Wir fragen nach, wie weit er ist.",
  keepsTrying: "Ihr Kauf ist davon nicht betroffen. Diese Seite versucht es von selbst weiter.",

  open: {
    heading: "Ihre Zahlung ist nicht abgeschlossen",
    explanation: ({ course }) =>
      `Für ${course ? `„${course}“` : "Ihren Kurs"} wurde Ihnen nichts berechnet. Sie können zur Kasse zurückkehren und bezahlen.`,
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
    heading: "Wir gehen der Sache nach",
    explanation: () =>
      "Ihre Zahlung ist sicher. Etwas hat uns daran gehindert, Ihre Einschreibung abzuschließen, und unser Team ist benachrichtigt. Es wird sie abschließen oder Ihnen das Geld erstatten; bitte bezahlen Sie nicht noch einmal.",
  },
  withdrawn: {
    heading: "Dieser Kauf wurde aufgehoben",
    explanation: ({ course }) =>
      `Er gibt Ihnen keinen Platz in ${course ? `„${course}“` : "dem Kurs"}. Wenn Sie den Kurs weiterhin möchten, können Sie ihn erneut kaufen.`,
  },
  refunded: {
    heading: "Ihre Zahlung wurde erstattet",
    explanation: ({ course }) =>
      `Sie haben Ihr Geld zurückbekommen und sind nicht in ${course ? `„${course}“` : "den Kurs"} eingeschrieben. Wenn Sie den Kurs doch möchten, können Sie ihn erneut kaufen.`,
  },
  refused: {
    heading: "Ihre Bank hat die Zahlung abgelehnt",
    explanation: ({ course }) =>
      `Ihnen wurde nichts berechnet, und Sie sind nicht in ${course ? `„${course}“` : "den Kurs"} eingeschrieben. Sie können mit einer anderen Zahlungsart neu beginnen.`,
  },
  expired: {
    heading: "Diese Kasse ist abgelaufen",
    explanation: () => "Ihnen wurde nichts berechnet. Sie können jederzeit neu beginnen.",
  },

  paidOn: ({ amount, date }) => `${amount} bezahlt am ${date}`,
  backToCheckout: "Zurück zur Kasse",
  startAgain: "Neu beginnen",
  buyAgain: "Erneut kaufen",
  support: "Wenn Sie uns schreiben, nennen Sie bitte diesen Support-Code:",

  timeline: {
    progress: "Verlauf Ihres Kaufs",
    outcome: "Was aus Ihrem Kauf wurde",
    paid: {
      name: "Bezahlt",
      done: "Ihre Zahlung ist bei uns eingegangen",
      current: "Ihre Bank bearbeitet die Zahlung",
      stuck: "Unser Team geht der Sache nach",
      ahead: "Ihre Zahlung geht bei uns ein",
    },
    verified: {
      name: "Geprüft",
      done: "Sie stimmt mit Ihrer Bestellung überein",
      current: "Wir vergleichen sie mit Ihrer Bestellung",
      stuck: "Unser Team geht der Sache nach",
      ahead: "Wir vergleichen sie mit Ihrer Bestellung",
    },
    enrolled: {
      name: "Eingeschrieben",
      done: "Der Kurs gehört Ihnen",
      current: "Der Kurs wird Ihrer",
      stuck: "Der Kurs wird Ihrer",
      ahead: "Der Kurs wird Ihrer",
    },
    withdrawn: { name: "Aufgehoben", note: "Dieser Kauf gibt Ihnen keinen Platz im Kurs" },
    refunded: { name: "Erstattet", note: "Sie haben Ihr ganzes Geld zurückbekommen" },
    spoken: {
      done: "erledigt",
      current: "läuft",
      stuck: "wird geklärt",
      ahead: "steht noch aus",
      undone: "erledigt",
    },
  },
};
