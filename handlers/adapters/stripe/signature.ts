/** Stripe's own check of a webhook event's signature, without the rest of its SDK. */
// The package exports only its whole, whose two hundred API resources a webhook never calls and every cold start would
// parse: half of the webhook's bundle. The version is pinned, and the attack tests hold these two files to what they do.
import { NodePlatformFunctions } from "../../../node_modules/stripe/esm/platform/NodePlatformFunctions.js";
import { createWebhooks } from "../../../node_modules/stripe/esm/Webhooks.js";

/** The same as `Stripe.webhooks`: static, so it needs no API key. */
export const webhooks = createWebhooks(new NodePlatformFunctions());
