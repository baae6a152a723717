/**
 * What each request of the API may carry, in the SDK's own types. `generate-schemas.ts` turns this into the schema that
 * requests are checked against, so what the SDK does not know is refused here as Stripe refuses it.
 */
import type Stripe from "stripe";

export interface ParameterTypes {
  retrieve: Stripe.Checkout.SessionRetrieveParams;
  remove: Stripe.CustomerDeleteParams;
  createSession: Stripe.Checkout.SessionCreateParams;
  listSessions: Stripe.Checkout.SessionListParams;
  listLineItems: Stripe.Checkout.SessionListLineItemsParams;
  createCustomer: Stripe.CustomerCreateParams;
  updateCustomer: Stripe.CustomerUpdateParams;
  listCustomers: Stripe.CustomerListParams;
  listPaymentIntents: Stripe.PaymentIntentListParams;
  listCharges: Stripe.ChargeListParams;
  createRefund: Stripe.RefundCreateParams;
  updateRefund: Stripe.RefundUpdateParams;
  listRefunds: Stripe.RefundListParams;
  updateDispute: Stripe.DisputeUpdateParams;
  listDisputes: Stripe.DisputeListParams;
  listEvents: Stripe.EventListParams;
  createProduct: Stripe.ProductCreateParams;
  updateProduct: Stripe.ProductUpdateParams;
  listProducts: Stripe.ProductListParams;
  createPrice: Stripe.PriceCreateParams;
  updatePrice: Stripe.PriceUpdateParams;
  listPrices: Stripe.PriceListParams;
  createCoupon: Stripe.CouponCreateParams;
  listCoupons: Stripe.CouponListParams;
  createPromotionCode: Stripe.PromotionCodeCreateParams;
  updatePromotionCode: Stripe.PromotionCodeUpdateParams;
  listPromotionCodes: Stripe.PromotionCodeListParams;
  listInvoices: Stripe.InvoiceListParams;
}
