/** Holes in what anybody may tell the API about the Content-Security-Policy. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/handlers/routes/csp-reports.test.ts", title });
const inRoute = { file: "handlers/routes/csp-reports.ts" };
const inReader = { file: "handlers/csp-violations.ts" };

export const REPORT_HOLES: Hole[] = [
  {
    attack: "reports: personal data",
    hole: "a page is logged with its query",
    ...inReader,
    replace: "page: pageOf(document)",
    by: "page: document",
    test: test("of Firefox or Safari is answered 204, counted and logged without queries"),
  },
  {
    attack: "reports: personal data",
    hole: "what was blocked is logged with its query",
    ...inReader,
    replace: "blocked: sourceOf(blocked)",
    by: "blocked",
    test: test("of Chromium is answered 204, counted and logged without queries"),
  },
  {
    attack: "reports: personal data",
    hole: "a path may hold anything",
    ...inReader,
    replace: "/^\\/[\\w/-]{0,100}$/.test(pathname)",
    by: "pathname",
    test: test("about a person's address as a page is cut to what may be kept"),
  },
  {
    attack: "reports: a log that is filled",
    hole: "each report is logged",
    ...inRoute,
    replace: "violations.filter(isNews)",
    by: "violations.filter((one) => isNews(one) || true)",
    test: test("of one thing are counted each, and logged once a minute"),
  },
  {
    attack: "reports: a log that is filled",
    hole: "different reports are logged without end",
    ...inRoute,
    replace: "logged.has(key) || logged.size >= MOST_LOGGED",
    by: "logged.has(key)",
    test: test("of different things do not fill the log"),
  },
  {
    attack: "reports: a log that is filled",
    hole: "a request may carry any number",
    ...inReader,
    replace: "?.slice(0, MOST_VIOLATIONS)",
    by: "?.slice(0)",
    test: test("in one request count as twenty at most"),
  },
  {
    attack: "reports: from any page",
    hole: "a report may call itself anything",
    ...inRoute,
    replace: "request.is(reportTypes) ? readViolations(request.body) : undefined",
    by: "readViolations(request.body)",
    test: test("a report that calls itself JSON, as any page could send it is refused and not counted"),
  },
  {
    attack: "reports: too large",
    hole: "a report may be of any size",
    ...inRoute,
    replace: 'limit: "32kb"',
    by: 'limit: "1gb"',
    test: test("more than 32 kB is refused"),
  },
  {
    attack: "client: CSP",
    hole: "nobody is told what the policy has held",
    file: "infra/deployment/content-security-policy.ts",
    replace: '"report-uri": [REPORTS_PATH],',
    by: "",
    test: {
      file: "test/infra/deployment/content-security-policy.test.ts",
      title: "what the policy forbids is told to the API",
    },
  },
];
