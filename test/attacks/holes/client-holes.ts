/** Holes in what the student's browser is made to do. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/client.test.ts", title });
const signInTest = (title: string) => ({ file: "test/client/sign-in.test.ts", title });
const newTabTest = (title: string) => ({ file: "test/client/new-tab.test.ts", title });
const signOutTest = (title: string) => ({ file: "test/client/sign-out.test.ts", title });
const signUpTest = (title: string) => ({ file: "test/handlers/pre-sign-up.test.ts", title });
const inSignUp = { file: "handlers/pre-sign-up.ts" };
const browserTest = (title: string) => ({ file: "test/end-to-end/attacks.test.ts", title });

const inPolicy = { file: "infra/deployment/content-security-policy.ts" };
const inSite = { file: "infra/local/http-api/client-site.ts" };

export const CLIENT_HOLES: Hole[] = [
  {
    attack: "client: CSP",
    hole: "inline scripts are allowed",
    ...inPolicy,
    replace: `"script-src": ["'self'",`,
    by: `"script-src": ["'self'", "'unsafe-inline'",`,
    test: test("the policy lets no page run what is not this site's or Stripe's"),
  },
  {
    attack: "client: CSP",
    hole: "scripts may come from anywhere",
    ...inPolicy,
    replace: `"script-src": ["'self'",`,
    by: `"script-src": ["'self'", "https:", "http:",`,
    test: browserTest("a page runs no script that was slipped into it"),
  },
  {
    attack: "client: CSP",
    hole: "the policy only reports",
    ...inSite,
    replace: '{ "content-security-policy": contentSecurityPolicy }',
    by: '{ "content-security-policy-report-only": contentSecurityPolicy }',
    test: browserTest("a page runs no script that was slipped into it"),
  },
  {
    attack: "client: CSP",
    hole: "pages elsewhere may frame the client",
    ...inPolicy,
    replace: `"frame-ancestors": ["'none'"]`,
    by: `"frame-ancestors": ["*"]`,
    test: browserTest("a page elsewhere cannot frame this one"),
  },
  {
    attack: "client: CSP",
    hole: "CloudFront serves another policy",
    file: "infra/aws/parts/security-headers.ts",
    replace: "contentSecurityPolicy: contentSecurityPolicy({ issuer, images })",
    by: 'contentSecurityPolicy: `default-src * ${issuer.concat(images).join(" ")}`',
    test: {
      file: "test/infra/aws/stacks/front-door.test.ts",
      title: "answers every request with the security headers",
    },
  },
  {
    attack: "client: token in storage",
    hole: "the session is kept for all tabs and for ever",
    file: "client/session.ts",
    replace: "if (next) sessionStorage.setItem",
    by: "if (next) localStorage.setItem",
    test: signInTest("signing in leaves in local storage that it is so, and no token"),
  },
  {
    attack: "client: token in storage",
    hole: "the sign-in library keeps its tokens for all tabs",
    file: "client/issuer-sign-in.ts",
    replace: "userStore: new WebStorageStateStore({ store: sessionStorage })",
    by: "userStore: new WebStorageStateStore({ store: localStorage })",
    test: browserTest("after signing in the token is in this tab's session storage and nowhere else"),
  },
  {
    attack: "client: token in an address",
    hole: "the token is handed on in the address",
    file: "client/issuer-sign-in.ts",
    replace: "keepSession(toSession(user));",
    by: "keepSession(toSession(user)); (user.state as { returnPath: string }).returnPath += `#${user.access_token}`;",
    test: browserTest("after signing in the token is in this tab's session storage and nowhere else"),
  },
  {
    attack: "client: signing out",
    hole: "tokens stay in the tab of whoever has signed out",
    file: "client/sign-out.ts",
    replace: "forgetEverything();",
    by: "void forgetEverything;",
    test: signOutTest("has emptied this browser before anything is asked of anybody"),
  },
  {
    attack: "client: signing out",
    hole: "a tab that is opened again after signing out is signed in",
    file: "client/session.ts",
    replace: "if (!stored || !isSignedOut(stored.userId)) return stored;",
    by: "if (stored) return stored;",
    test: newTabTest("that comes back is still signed in; after another has signed out it is not, and empty"),
  },
  {
    attack: "client: signing out",
    hole: "a new tab is signed in by one that has not heard yet",
    file: "client/between-tabs.ts",
    replace: "if (!onWelcome || isSignedOut(data.userId)) return;",
    by: "if (!onWelcome) return;",
    test: newTabTest("is not signed in by a tab that has not heard of signing out yet"),
  },
  {
    attack: "client: signing out",
    hole: "the refresh token of whoever has signed out is still taken",
    file: "client/sign-out.ts",
    replace: "asked.push(revokeToken(issuer, refreshToken))",
    by: "asked.push(fetch(issuer.discovery))",
    test: signOutTest("revokes the refresh token$"),
  },
  {
    attack: "client: signing out",
    hole: "a renewal that was under way signs in again",
    file: "client/issuer-sign-in.ts",
    replace: " || !knownSession()) return discard",
    by: ") return discard",
    test: signOutTest("is not undone by a renewal that was under way"),
  },
  {
    attack: "sign-in: refresh token used twice",
    hole: "on AWS a refresh token is taken for two weeks, whoever comes with it",
    file: "infra/aws/stacks/identity.ts",
    replace: "refreshTokenRotationGracePeriod: Duration.minutes(1),",
    by: "",
    test: {
      file: "test/infra/aws/stacks/front-door.test.ts",
      title: "takes a refresh token once",
    },
  },
  {
    attack: "sign-up: another's address",
    hole: "whoever Google does not vouch for gets the account of the address",
    ...inSignUp,
    replace: "if (!isVerified || ",
    by: "void isVerified; if (",
    test: signUpTest("is refused when Google does not vouch for the address"),
  },
  {
    attack: "sign-up: another's address",
    hole: "whoever signs up with an address first, unconfirmed, gets its owner's Google account",
    ...inSignUp,
    replace: "known.find(({ isEmailVerified }) => isEmailVerified)",
    by: "known.find(({ userName: name }) => name !== userName)",
    test: signUpTest("gets nobody's Google account"),
  },
  {
    attack: "sign-up: another's address",
    hole: "an address that signs in with Google gets a second student by a password",
    ...inSignUp,
    replace: "else if (known.some(",
    by: "else if (known.length > 9 && known.some(",
    test: signUpTest("a password for an address that signs in with Google is refused"),
  },
  {
    attack: "client: course text as code",
    hole: "a course's description is HTML in the catalogue",
    file: "client/components/CourseCard.tsx",
    replace: ">{description}</p>",
    by: ' dangerouslySetInnerHTML={{ __html: description ?? "" }} />',
    test: test("a course whose every text is markup is text on the catalogue"),
  },
  {
    attack: "client: course text as code",
    hole: "a course's description is HTML on its page",
    file: "client/pages/CoursePage.tsx",
    replace: ">{course.description}</p>",
    by: " dangerouslySetInnerHTML={{ __html: course.description }} />",
    test: test("a course whose every text is markup is text on its page"),
  },
  {
    attack: "client: course text as code",
    hole: "a course's name is HTML in what its page says of it",
    file: "handlers/routes/course-page.ts",
    replace: "text.replaceAll(/[&<>\"']/g,",
    by: "text.replaceAll(/[&]/g,",
    test: {
      file: "test/handlers/routes/course-page.test.ts",
      title: "whose texts are markup and patterns has them as text",
    },
  },
  {
    attack: "client: course text as code",
    hole: "a course's address is a link, whatever its scheme",
    file: "client/components/CourseCard.tsx",
    replace: "{instructor}</p>",
    by: "<a href={(course as { imageUrl?: string }).imageUrl}>{instructor}</a></p>",
    test: test("a course whose every text is markup is text on the catalogue"),
  },
  {
    attack: "client: course text as code",
    hole: "a page writes HTML of its own making",
    file: "client/main.tsx",
    replace: "createRoot(container)",
    by: "container.innerHTML = decodeURIComponent(location.hash);\ncreateRoot(container)",
    test: test("no page writes HTML of its own making"),
  },
];
