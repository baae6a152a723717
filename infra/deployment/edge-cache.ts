/** What of the API CloudFront may keep, since it is the same for everybody; who asks, and whether signed in, is not passed on. */
import { coursesQuerySchema } from "#workflow/courses-query.ts";

/** In CloudFront's words. For how long, each answer says itself. */
export const SHARED_PATHS = ["/api/courses*", "/api/openapi.json"] as const;

/** What else of a request makes another answer; all that is not here is not passed on either. */
export const SHARED_QUERY = Object.keys(coursesQuerySchema.shape);

/** What CloudFront keeps of errors for ten seconds by itself, whosever they are: one student's would be shown to the next. */
export const ERRORS_NOT_KEPT = [404, 414, 500, 501, 502, 503, 504] as const;

/** Of CloudFront's list of what it compresses, what the API answers with. */
export const COMPRESSED_TYPES = ["application/json", "text/html"] as const;

/** Smaller or larger is sent as it is. */
export const COMPRESSED_BYTES = { least: 1_000, most: 10_000_000 } as const;
