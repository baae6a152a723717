/** What surrounds every page, and what several of them say. */
export const frame = {
  /** As long as nobody says who sells. */
  site: "Bursar",
  title: ({ heading, seller }: { heading: string; seller: string }) => `${heading} · ${seller}`,
  skip: "Skip to content",
  navigation: "Main",
  courses: "Courses",
  myCourses: "My courses",
  purchases: "Purchases",
  loading: "Loading…",
  language: "Language",
  languageFailed: "This language could not be loaded. Please try again.",
  footer: ({ seller }: { seller: string }) =>
    `Payments are handled by Stripe. ${seller} never sees your card number.`,
  writeTo: ({ seller }: { seller: string }) => `Write to ${seller}`,
  terms: "Terms",
  privacy: "Privacy",

  signIn: "Sign in",
  signOut: "Sign out",
  signInToContinue: "Sign in to continue",
  signInFailed: "Signing in is not possible right now. Please try again in a moment.",
  signedInAs: ({ name }: { name: string }) => `Signed in as ${name}`,
  /** Whom the issuer knows neither a name nor an e-mail of. */
  student: "Student",
  signingIn: "Signing you in",
  signInUnfinished: "Signing in did not finish",
  signInUnfinishedNote: "It was cancelled, or it took too long. Nothing has happened to your account.",
  signInAgain: "Sign in again",

  allCourses: "See all courses",
  goToCourse: "Go to course",
  goToNamedCourse: ({ course }: { course: string }) => `Go to course: ${course}`,
  retry: "Retry",
  free: "Free",
  enrolled: "Enrolled",
  progressIn: ({ course }: { course: string }) => `Progress in ${course}`,
  notStarted: "Not started",
};
