/** The key of the Stripe that is played on one machine. Made up, and good for nothing else. */
export const STAND_IN_KEY = "sk_test_bursar_local";
