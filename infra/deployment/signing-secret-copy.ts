/** The function that keeps the webhook's own secret, on AWS and locally alike. */

/** How long a signing secret that was written by hand may take to reach the webhook, where nothing tells of the writing. */
export const SIGNING_SECRET_COPY = { everyMinutes: 5, timeoutSeconds: 60 };
