/** What the browser sees of Stripe: Stripe.js, the payment form, and the endpoint behind its button. */
import express, { type Response, Router } from "express";
import { confirmCheckout, confirmSchema } from "../checkout/confirm.ts";
import { changeOrder } from "../checkout/order-details.ts";
import { orderDetailsSchema } from "../checkout/order-details-schema.ts";
import { readBody } from "../control/read-body.ts";
import { invalidRequest } from "../errors.ts";
import type { State } from "../state.ts";
import { loadBrowserAssets } from "./assets.ts";
import { viewOrder } from "./order-view.ts";
import { renderInvoice, renderPage, renderReceipt } from "./page.ts";

/** The empty icon is an image of its own making; without one, browsers ask for /favicon.ico. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors http://localhost:* http://127.0.0.1:*";

export async function formRoutes(state: State, publishableKey: string): Promise<Router> {
  const assets = await loadBrowserAssets();
  const router = Router();

  router.get(["/v3", "/v3/stripe.js", "/endive/stripe.js"], (_request, response) => {
    allowAnyOrigin(response).type("text/javascript").send(assets.stripeJs);
  });
  router.get("/assets/checkout-form.js", (_request, response) => {
    response.type("text/javascript").send(assets.formJs);
  });
  router.get("/assets/checkout-form.css", (_request, response) => {
    response.type("text/css").send(assets.formCss);
  });

  /** Stripe.js asks this before it shows anything: is the key good, and is the client secret? */
  router.get("/checkout/sessions/:id", async (request, response) => {
    allowAnyOrigin(response);
    const { clientSecret, key } = request.query;
    if (key !== publishableKey) {
      throw invalidRequest(`Invalid API Key provided: ${typeof key === "string" ? key : "none"}`, {
        status: 401,
      });
    }
    const record = await findBySecret(clientSecret);
    response.json({ id: record.id, status: record.session.status });
  });

  router.post("/checkout/sessions/:id/confirm", express.json(), async (request, response) => {
    const body: unknown = request.body;
    const inBody = typeof body === "object" && body !== null && "clientSecret" in body && body.clientSecret;
    const record = await findBySecret(request.header("client-secret") ?? inBody);
    if (record.id !== request.params.id) throw unusableSecret();
    const wanted = confirmSchema.safeParse(body);
    if (!wanted.success) {
      const [issue] = wanted.error.issues;
      const param = issue?.path.join(".") ?? "";
      throw invalidRequest(`Invalid ${param || "request"}: ${issue?.message}`, { param });
    }
    response.json(await confirmCheckout(record.id, wanted.data, state));
  });

  router.post("/checkout/sessions/:id/details", express.json(), async (request, response) => {
    const { id } = await findBySecret(request.header("client-secret"));
    if (id !== request.params.id) throw unusableSecret();
    const changed = await changeOrder(id, readBody(orderDetailsSchema, request), state);
    response.json(viewOrder(changed));
  });

  router.get("/checkout/:clientSecret", async (request, response) => {
    const record = await findBySecret(request.params.clientSecret).catch(() => undefined);
    response
      .status(record ? 200 : 404)
      .setHeader("Content-Security-Policy", PAGE_POLICY)
      .type("html")
      .send(renderPage(record));
  });

  router.get(["/invoices/:id", "/invoices/:id/pdf"], async (request, response) => {
    const invoice = await state.records.invoices.find(String(request.params["id"]));
    response
      .status(invoice ? 200 : 404)
      .setHeader("Content-Security-Policy", PAGE_POLICY)
      .type("html")
      .send(renderInvoice(invoice));
  });

  router.get("/receipts/:chargeId", async (request, response) => {
    const charge = await state.records.charges.find(request.params.chargeId);
    response
      .status(charge ? 200 : 404)
      .setHeader("Content-Security-Policy", PAGE_POLICY)
      .type("html")
      .send(renderReceipt(charge));
  });

  async function findBySecret(clientSecret: unknown) {
    const secret = String(clientSecret);
    const record = await state.records.checkouts.find(secret.split("_secret_")[0] ?? "");
    if (!record || record.clientSecret !== secret) throw unusableSecret();
    return record;
  }

  return router;
}

function unusableSecret() {
  return invalidRequest(
    "The client secret is not that of a checkout session. Use `client_secret` of the session as it was created.",
    { status: 401, param: "client_secret" },
  );
}

function allowAnyOrigin(response: Response): Response {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  return response;
}
