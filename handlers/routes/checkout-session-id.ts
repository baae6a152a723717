/** What a checkout session's id may look like: whatever else a path says is asked of nobody. */
export const CHECKOUT_SESSION_ID = /^cs_[A-Za-z0-9_]{1,128}$/;
