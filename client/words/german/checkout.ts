/** Paying: the order, the form's place, and what stands there instead of the form. */
import type { Words } from "../english.ts";

export const checkout: Words["checkout"] = {
  heading: "Kasse",
  title: ({ course }) => `Kasse: ${course}`,
  order: "Ihre Bestellung",
  total: "Gesamtbetrag",
  onePayment: "Eine einmalige Zahlung, kein Abo.",
  payment: "Zahlung",

  testMode: "Testmodus",
  noMoneyMoves:
    "Es fließt kein Geld. Bezahlen Sie mit einem beliebigen künftigen Datum, einer beliebigen Prüfziffer und dieser Karte:",
  otherOutcomes: "Andere Ergebnisse",
  declined: "Abgelehnt",
  asksForAuthentication: "Verlangt 3-D Secure",
  debitPaidLater: "SEPA-Lastschrift, später bezahlt",
  debitFailsLater: "SEPA-Lastschrift, scheitert später",

  notCharged: "Ihnen wurde nichts berechnet.",
  formNotShown: "Das Zahlungsformular konnte nicht angezeigt werden.",
  tooSoon: "Einen Moment, bitte",
  goOnWithinAMinute:
    "Dieser Bezahlvorgang wurde sehr oft aufgerufen. Ihnen wurde nichts berechnet, und in weniger als einer Minute geht es weiter.",
  goOnInAFewMinutes:
    "Dieser Bezahlvorgang wurde sehr oft aufgerufen. Ihnen wurde nichts berechnet, und in einigen Minuten geht es weiter.",
  goOn: "Weiter",
  pleaseSignIn: "Bitte melden Sie sich an",
  alreadyYours: "Diesen Kurs haben Sie schon",
  nothingToPay: "Es ist nichts zu bezahlen.",
  notForSale: "Dieser Kurs ist zurzeit nicht im Angebot",
  notForSaleNote:
    "Ihnen wurde nichts berechnet. Wählen Sie einen anderen Kurs, oder schauen Sie später noch einmal vorbei.",
};
