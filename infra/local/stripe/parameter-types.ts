/**
 * What each request of the API may carry, in the SDK's own types. `generate-schemas.ts` turns this into the schema that
 * requests are checked against, so what the SDK does not know is refused here as Stripe refuses it.
 */
import type Stripe from "stripe";

export interface ParameterTypes {
  retrieve: Stripe.Checkout.SessionRetrieveParams;
  createSession: Stripe.Checkout.SessionCreateParams;
  listSessions: Stripe.Checkout.SessionListParams;
  listLineItems: Stripe.Checkout.SessionListLineItemsParams;
  createCustomer: Stripe.CustomerCreateParams;
  updateCustomer: Stripe.CustomerUpdateParams;
  listCustomers: Stripe.CustomerListParams;
  listPaymentIntents: Stripe.PaymentIntentListParams;
  listEvents: Stripe.EventListParams;
  createProduct: Stripe.ProductCreateParams;
  createPrice: Stripe.PriceCreateParams;
}
