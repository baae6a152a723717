/** Who may keep an answer, and for how long: what is everybody's is shared for a moment, and all else is its student's alone. */
import type { RequestHandler } from "express";

/** Until a route says otherwise, which only one whose answers are the same for everybody may. */
export const keepNothing: RequestHandler = (_request, response, next) => {
  response.set("cache-control", "private, no-store");
  next();
};

/**
 * The catalogue: CloudFront asks again after half a minute, shows what it has meanwhile, and for a day when the API is away.
 * Browsers ask each time, and are told 304 when nothing has changed. What a place costs is what is quoted when it is asked for.
 */
export const CATALOGUE_CACHE =
  "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400";

/** A course's page, of which nobody waits for the newest. */
export const PAGE_CACHE = "max-age=0, s-maxage=60, stale-if-error=86400";

export const DOCUMENT_CACHE = "public, max-age=300";
