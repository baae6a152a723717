/**
 * Pages that the API makes, beside those that are the same for everybody: whoever shows a link in a chat runs no script, and
 * wants to know which course it is.
 */
export const PAGE_ROUTES = [
  { method: "GET", path: "/courses/{courseId}", access: "anyone" },
] as const satisfies readonly { method: "GET"; path: string; access: "anyone" }[];
