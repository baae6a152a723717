/** Holes in what the API shows to whom, and in what it takes. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/api.test.ts", title });
const oddTest = (title: string) => ({ file: "test/attacks/odd-requests.test.ts", title });
const httpTest = (title: string) => ({ file: "test/attacks/api-over-http.test.ts", title });

const inApi = { file: "handlers/api.ts" };
const inContract = { file: "workflow/contract.ts" };
const inEnrollments = { file: "handlers/routes/enrollments.ts" };

/** The key names who asks, and what an erased student has left is compared once more. */
const AMONG_ONES_OWN = `const purchase = await ports.purchases.findPurchase(userId, checkoutSessionId);
  // It was erased, and is nobody's to follow.
  if (purchase && purchase.userId !== userId) return undefined;`;

export const API_HOLES: Hole[] = [
  {
    attack: "API: another student's ids",
    hole: "whoever knows a session's id may follow it",
    file: "workflow/checkout/follow.ts",
    replace: "session?.userId !== userId || !session.courseId",
    by: "!session?.courseId",
    test: test("(an open|a paid) checkout session is as unknown as one that does not exist"),
  },
  {
    attack: "API: another student's ids",
    hole: "another student's session is forbidden, and so known to exist",
    file: "handlers/routes/checkout.ts",
    replace: "throw new HttpError(404,",
    by: "throw new HttpError(403,",
    test: test("(an open|a paid) checkout session is as unknown as one that does not exist"),
  },
  {
    attack: "API: another student's ids",
    hole: "a settled session is looked for among its payer's purchases",
    file: "workflow/checkout/follow.ts",
    replace: AMONG_ONES_OWN,
    by: "const payer = (await ports.payments.findCheckout(checkoutSessionId))?.userId ?? userId;\n  const purchase = await ports.purchases.findPurchase(payer, checkoutSessionId);",
    test: httpTest("a session that Ada has paid is as unknown as one that does not exist"),
  },
  {
    attack: "API: another student's ids",
    hole: "a query says whose enrollments are listed",
    ...inEnrollments,
    replace: "listOwnCourses(userId,",
    by: 'listOwnCourses(String(request.query["userId"] ?? userId),',
    test: test("enrollments are not shown for a query of userId"),
  },
  {
    attack: "API: another student's ids",
    hole: "a query says whose enrollment is checked",
    ...inEnrollments,
    replace: "findEnrollment(userId, courseId)",
    by: 'findEnrollment(String(request.query["sub"] ?? userId), courseId)',
    test: test("enrollments are not shown for a query of sub"),
  },
  {
    attack: "API: a course without a place in it",
    hole: "anyone may see where a course is taken",
    ...inContract,
    replace: "const enrolledOnly = { accessUrl: true } as const;",
    by: "const enrolledOnly = {} as const;",
    test: test("where a course is taken is told to nobody who has no place in it"),
  },
  {
    attack: "API: a course without a place in it",
    hole: "asking whether one is enrolled tells where the course is taken",
    ...inEnrollments,
    replace: "...(enrollment && { enrollment, ...(accessUrl && { accessUrl }) }),",
    by: "...(enrollment && { enrollment }), ...(accessUrl && { accessUrl }),",
    test: test("where a course is taken is told to nobody who has no place in it"),
  },
  {
    attack: "API: a course without a place in it",
    hole: "a retired course is still given away",
    file: "workflow/enroll/free.ts",
    replace: 'if (status === "retired")',
    by: 'if (courseId === "retired")',
    test: test("a retired free course is given to nobody"),
  },
  {
    attack: "API: a course without a place in it",
    hole: "a retired course is still sold",
    file: "workflow/enroll/paid.ts",
    replace: 'if (course.status === "retired")',
    by: 'if (course.courseId === "retired")',
    test: test("a retired paid course is given to nobody"),
  },
  {
    attack: "API: odd parameters",
    hole: "a course's id is forgiven its spaces and small letters",
    file: "handlers/routes/courses.ts",
    replace: "courses.findCourse(courseId)",
    by: "courses.findCourse(courseId.trim().toUpperCase())",
    test: oddTest('the course "( TEST|test)'),
  },
  {
    attack: "API: odd parameters",
    hole: "a course's id may be longer than a key of the table",
    file: "handlers/routes/courses.ts",
    replace: "courseId.length <= 64",
    by: "courseId.length > 0",
    test: httpTest("with more than a key of the table may have leads to no course"),
  },
  {
    attack: "API: odd parameters",
    hole: "Stripe is asked for whatever the path says",
    file: "handlers/routes/checkout.ts",
    replace: "CHECKOUT_SESSION_ID.test(checkoutSessionId)",
    by: "checkoutSessionId",
    test: oddTest("is none, and Stripe is not asked for it"),
  },
  {
    attack: "API: odd parameters",
    hole: "a list of one course is made a text",
    ...inContract,
    replace: "courseId: courseIdSchema,\n  /** The student's language",
    by: "courseId: z.pipe(z.coerce.string(), courseIdSchema),\n  /** The student's language",
    test: oddTest("a body with a list as the course is refused"),
  },
  {
    attack: "API: unknown fields",
    hole: "unknown fields are passed over",
    ...inContract,
    replace: "z.strictObject(",
    by: "z.object(",
    test: oddTest("a body with (an unknown field|another student|a constructor) is refused"),
  },
  {
    attack: "API: odd bodies",
    hole: "JSON may call itself anything, so that any page can send it",
    ...inApi,
    replace: 'express.json({ limit: "32kb" })',
    by: 'express.json({ limit: "32kb", type: () => true })',
    test: oddTest("a body sent as plain text, as a foreign page could send it is refused"),
  },
  {
    attack: "API: odd bodies",
    hole: "a body may unpack to anything",
    ...inApi,
    replace: 'limit: "32kb"',
    by: 'limit: "1gb"',
    test: oddTest("a body that unpacks to 100 MB is refused before it has"),
  },
  {
    attack: "API: odd bodies",
    hole: "a header can override the method",
    ...inApi,
    replace: 'app.disable("x-powered-by");',
    by: `app.use((request, _response, next) => {
    request.method = request.get("x-http-method-override") ?? request.method;
    next();
  });`,
    test: oddTest("a method cannot be smuggled past the gateway"),
  },
];
