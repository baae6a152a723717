/** What goes wrong, by the code of the failure. */
import type { Words } from "../english.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("de");

export const problems: Words["problems"] = {
  pageNotFound: "Seite nicht gefunden",
  pageNotFoundNote: "Der Kurs oder Kauf wurde vielleicht entfernt, oder er gehört zu einem anderen Konto.",
  pleaseSignIn: "Bitte melden Sie sich an",
  didNotWork: "Das hat nicht geklappt",
  supportCode: "Support-Code:",
  askedTooOften: ({ seconds }) =>
    plural(seconds, {
      one: (shown) =>
        `Sie haben in kurzer Zeit sehr oft gefragt. Warten Sie ${shown} Sekunde, und versuchen Sie es dann noch einmal.`,
      other: (shown) =>
        `Sie haben in kurzer Zeit sehr oft gefragt. Warten Sie ${shown} Sekunden, und versuchen Sie es dann noch einmal.`,
    }),
  byCode: {
    invalid_request:
      "Diese Anfrage wurde nicht verstanden. Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
    body_too_large:
      "Diese Anfrage wurde nicht verstanden. Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
    unauthorized: "Melden Sie sich an, um diese Seite zu sehen.",
    student_erased: "Dieses Konto wurde gelöscht. Registrieren Sie sich erneut, um neu anzufangen.",
    not_found: "Unter dieser Adresse gibt es nichts.",
    course_not_found: "Diesen Kurs gibt es nicht. Wählen Sie einen aus dem Katalog.",
    session_not_found: "Unter Ihren Käufen gibt es diesen nicht.",
    receipt_not_found: "Zu diesem Kauf gibt es keinen Beleg.",
    course_not_for_sale:
      "Dieser Kurs ist zurzeit nicht im Angebot. Wählen Sie einen anderen aus dem Katalog.",
    payment_in_progress:
      "Eine Zahlung für diesen Kurs ist schon unterwegs. Sie müssen nicht noch einmal bezahlen.",
    too_many_requests:
      "Hier ist gerade sehr viel los. Warten Sie einige Sekunden, und versuchen Sie es dann noch einmal.",
    internal_error: "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.",
    unreachable:
      "Diese Website ist gerade nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.",
    sign_in_required: "Melden Sie sich an, um diese Seite zu sehen.",
    session_ended:
      "Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an, dann kommen Sie auf diese Seite zurück.",
    no_configuration:
      "Diese Website ist nicht vollständig eingerichtet. Bitte versuchen Sie es später noch einmal.",
    no_payment_form:
      "Das Zahlungsformular konnte nicht geladen werden. Prüfen Sie Ihre Verbindung und ob etwas Stripe blockiert.",
    unavailable: "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.",
    unexpected_answer:
      "Diese Anfrage wurde nicht verstanden. Laden Sie die Seite neu, und versuchen Sie es noch einmal.",
    client_error: "Auf dieser Seite ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal.",
  },
};
