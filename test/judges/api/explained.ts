/** What schemathesis expects of an API, and this one does not do. */
import type { Explanation } from "../explained.ts";

export const API_EXPLAINED: Explanation[] = [
  {
    what: /^(GET|POST) \S+: unsupported_method$/,
    why: "An HTTP API of API Gateway answers 404 to a method that no route has, and so does the local one.",
  },
  {
    what: /^POST \/api\/webhooks\/stripe: (positive_data_acceptance|reached)$/,
    why: "No document can say what only Stripe can sign; every made-up event is refused with 400.",
  },
  {
    what: /^GET \/api\/(courses|purchases): positive_data_acceptance$/,
    why: "A page is asked for after or before a course, not both, and after a purchase of one's own; no document says that of a parameter, and the answer is 400, in words.",
  },
];
