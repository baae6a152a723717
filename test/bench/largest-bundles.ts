/** What the bundles on students' and Stripe's clocks may grow to: bytes, minified, with all that they load late. */
export const LARGEST_BUNDLES = { webhook: 600_000, api: 1_600_000 };
