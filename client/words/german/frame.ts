/** What surrounds every page, and what several of them say. */
import type { Words } from "../english.ts";

export const frame: Words["frame"] = {
  site: "Bursar",
  title: ({ heading, seller }) => `${heading} · ${seller}`,
  skip: "Zum Inhalt springen",
  navigation: "Hauptnavigation",
  courses: "Kurse",
  myCourses: "Meine Kurse",
  purchases: "Käufe",
  loading: "Wird geladen …",
  language: "Sprache",
  languageFailed: "Diese Sprache konnte nicht geladen werden. Bitte versuchen Sie es noch einmal.",
  footer: ({ seller }) => `Zahlungen wickelt Stripe ab. ${seller} sieht Ihre Kartennummer nie.`,
  writeTo: ({ seller }) => `An ${seller} schreiben`,
  terms: "Geschäftsbedingungen",
  privacy: "Datenschutz",

  signIn: "Anmelden",
  signOut: "Abmelden",
  signInToContinue: "Anmelden und fortfahren",
  signInFailed: "Die Anmeldung ist gerade nicht möglich. Bitte versuchen Sie es gleich noch einmal.",
  signedInAs: ({ name }) => `Angemeldet als ${name}`,
  student: "Ohne Namen",
  signingIn: "Sie werden angemeldet",
  signInUnfinished: "Die Anmeldung wurde nicht abgeschlossen",
  signInUnfinishedNote:
    "Sie wurde abgebrochen oder hat zu lange gedauert. An Ihrem Konto hat sich nichts geändert.",
  signInAgain: "Erneut anmelden",

  allCourses: "Alle Kurse ansehen",
  goToCourse: "Zum Kurs",
  goToNamedCourse: ({ course }) => `Zum Kurs: ${course}`,
  retry: "Erneut versuchen",
  free: "Kostenlos",
  enrolled: "Eingeschrieben",
  progressIn: ({ course }) => `Fortschritt in ${course}`,
  notStarted: "Noch nicht begonnen",
};
