/** The students' API, one function for each request. Every failure is an `ApiError`. */
import type {
  CheckoutStatusAnswer,
  CourseAnswer,
  CoursesAnswer,
  EnrollAnswer,
  EnrollmentCheckAnswer,
  EnrollmentsAnswer,
  EnrollRequest,
  OwnEnrollment,
  PublicCourse,
  PurchasesAnswer,
  ReceiptAnswer,
  StudentAnswer,
} from "#workflow/contract.ts";
import type { CoursesQuery } from "#workflow/courses-query.ts";
import type { Student } from "#workflow/model.ts";
import { readFailure, sessionEnded, signInRequired, unreachable } from "./api-error.ts";
import { knownLanguage } from "./language.ts";
import { keepSession } from "./session.ts";
import { currentSession } from "./sign-in.ts";

const TIMEOUT_MS = 20_000;

interface Request {
  body?: EnrollRequest;
  signal?: AbortSignal;
}

/** @param query undefined: the first page of all courses */
export const listCourses = (query: CoursesQuery = {}, signal?: AbortSignal): Promise<CoursesAnswer> => {
  const parameters = new URLSearchParams(query as Record<string, string>).toString();
  return askAnyone(`/api/courses${parameters && `?${parameters}`}`, signal ? { signal } : undefined);
};

export const getCourse = async (courseId: string): Promise<PublicCourse> =>
  (await askAnyone<CourseAnswer>(`/api/courses/${encodeURIComponent(courseId)}`)).course;

/** Creates the student at the first sign-in. */
export const getStudent = async (): Promise<Student> =>
  (await askAsStudent<StudentAnswer>("/api/students/me")).student;

export const listEnrollments = async (): Promise<OwnEnrollment[]> =>
  (await askAsStudent<EnrollmentsAnswer>("/api/enrollments")).enrollments;

export const checkEnrollment = (courseId: string): Promise<EnrollmentCheckAnswer> =>
  askAsStudent(`/api/enrollments/check/${encodeURIComponent(courseId)}`);

/** @throws ApiError with code `payment_in_progress` when the student has paid already and the bank is working on it */
export const enroll = (courseId: string): Promise<EnrollAnswer> =>
  askAsStudent("/api/enrollments", { body: { courseId, locale: knownLanguage().locale } });

export const getCheckoutStatus = (
  checkoutSessionId: string,
  signal?: AbortSignal,
): Promise<CheckoutStatusAnswer> =>
  askAsStudent(
    `/api/checkout/session/${encodeURIComponent(checkoutSessionId)}`,
    signal ? { signal } : undefined,
  );

/** Newest first. @param after the last purchase of the page before; undefined: from the newest */
export const listPurchases = (after?: string): Promise<PurchasesAnswer> =>
  askAsStudent(`/api/purchases${after === undefined ? "" : `?after=${encodeURIComponent(after)}`}`);

/** @returns an address of the web, and no other: it is opened */
export async function findReceipt(checkoutSessionId: string): Promise<string> {
  const path = `/api/purchases/${encodeURIComponent(checkoutSessionId)}/receipt`;
  const { url } = await askAsStudent<ReceiptAnswer>(path);
  if (!/^https?:\/\//.test(url)) throw readFailure(502, "");
  return url;
}

const askAnyone = <T>(path: string, request: Request = {}) => send<T>(path, request, {});

async function askAsStudent<T>(path: string, request: Request = {}): Promise<T> {
  const session = await currentSession();
  if (!session) throw signInRequired();
  return send<T>(path, request, { authorization: `Bearer ${session.accessToken}` });
}

async function send<T>(path: string, request: Request, headers: Record<string, string>): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(path, {
    method: request.body ? "POST" : "GET",
    headers: request.body ? { ...headers, "content-type": "application/json" } : headers,
    body: request.body ? JSON.stringify(request.body) : null,
    signal: request.signal ? AbortSignal.any([request.signal, timeout]) : timeout,
  }).catch(() => {
    throw unreachable();
  });
  if (response.status === 401) {
    keepSession(null);
    throw sessionEnded();
  }
  const text = await response.text().catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw readFailure(response.status, text, response.headers.get("retry-after"));
  try {
    return JSON.parse(text) as T;
  } catch {
    throw readFailure(502, text);
  }
}
