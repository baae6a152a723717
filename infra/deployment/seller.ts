/** Who sells, as a deployment is told: the same on AWS, by context, and on one machine, by the environment. */
import * as z from "zod";
import type { Seller } from "#workflow/client-config.ts";
import { shadesOf } from "./accent.ts";

const web = z.url({ protocol: /^https$/, error: "must be an https address" }).max(2048, "is too long");

/** By the name that a deployment's context has; see `SELLER_VARIABLES` for the environment's. */
export const SELLER_FIELDS = {
  sellerName: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(40, "must be 40 characters at most")
    .regex(/^\P{Cc}*$/u, "must be one line of text")
    .optional()
    .meta({ description: "what students know the seller as, instead of Bursar" }),
  sellerLogo: web.optional().meta({ description: "https address of a square picture, for the header" }),
  sellerAccent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "must be a colour like #0f6f64")
    .toLowerCase()
    .optional()
    .meta({ description: "the seller's colour; made darker or lighter where it could not be read" }),
  sellerSupport: z
    .union([z.email(), web], { error: "must be an e-mail address or an https address" })
    .optional()
    .meta({ description: "whom students write to: an e-mail address, or the https address of a page" }),
  sellerTerms: web.optional().meta({ description: "https address of the terms of sale" }),
  sellerPrivacy: web.optional().meta({ description: "https address of the privacy notice" }),
};

type SellerValues = { [Field in keyof typeof SELLER_FIELDS]?: string | undefined };

/** The same fields, as an environment names them. */
export const SELLER_VARIABLES = {
  SELLER_NAME: SELLER_FIELDS.sellerName,
  SELLER_LOGO: SELLER_FIELDS.sellerLogo,
  SELLER_ACCENT: SELLER_FIELDS.sellerAccent,
  SELLER_SUPPORT: SELLER_FIELDS.sellerSupport,
  SELLER_TERMS: SELLER_FIELDS.sellerTerms,
  SELLER_PRIVACY: SELLER_FIELDS.sellerPrivacy,
};

/** @param isTold whether somebody gets the deployment's alarms. @returns for `/config.json` */
export function toSeller(values: SellerValues, isTold: boolean): Seller {
  const { sellerName, sellerLogo, sellerAccent, sellerSupport, sellerTerms, sellerPrivacy } = values;
  return {
    name: sellerName ?? "Bursar",
    ...(sellerLogo && { logoUrl: sellerLogo }),
    ...(sellerAccent && { accent: shadesOf(sellerAccent) }),
    ...(sellerSupport && { support: sellerSupport }),
    ...(sellerTerms && { termsUrl: sellerTerms }),
    ...(sellerPrivacy && { privacyUrl: sellerPrivacy }),
    ...(isTold && { isTold }),
  };
}

/** Where the page loads the seller's pictures from, for the Content-Security-Policy. */
export const imageOriginsOf = ({ logoUrl }: Pick<Seller, "logoUrl">): string[] =>
  logoUrl ? [new URL(logoUrl).origin] : [];
