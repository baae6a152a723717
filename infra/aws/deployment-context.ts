/** What one deployment can be told on the command line, as CDK context: `-c stage=staging -c alarmEmail=...`. */
import * as z from "zod";
import { SWITCH, TAX_CHOICES } from "#handlers/checkout-options.ts";
import type { Seller } from "#workflow/client-config.ts";
import { RUNBOOK } from "../deployment/alarms.ts";
import { PRODUCTION } from "../deployment/names.ts";
import { RELEASE_WAY_NAMES } from "../deployment/releases.ts";
import { SELLER_FIELDS, toSeller } from "../deployment/seller.ts";
import { findStageFaults } from "./find-stage-faults.ts";

const text = z.string().min(1);
const onOrOff = (description: string) => z.enum(SWITCH).default("off").meta({ description });

const deploymentSchema = z
  .strictObject({
    stage: z
      .string()
      .regex(
        /^(?=.{1,20}$)[a-z](-?[a-z0-9])*$/,
        "must be 1-20 lower-case letters and digits, with single - between them, beginning with a letter",
      )
      .superRefine((stage, context) => {
        for (const fault of findStageFaults(stage)) context.addIssue(fault);
      })
      .default(PRODUCTION)
      .meta({ description: "which deployment; each has its own stacks and data" }),
    domain: z.hostname().optional().meta({ description: "the site's own domain, e.g. courses.example.com" }),
    certificateArn: z
      .string()
      .regex(
        /^arn:aws:acm:us-east-1:\d{12}:certificate\/\S+$/,
        "must be an ACM certificate's ARN in us-east-1",
      )
      .optional()
      .meta({ description: "the domain's ACM certificate, which CloudFront wants in us-east-1" }),
    alarmEmail: z.email().optional().meta({ description: "who is told when an alarm goes off" }),
    stripePublishableKey: z
      .string()
      .regex(/^pk_(test|live)_\w+$/, "must be a publishable key (pk_test_... or pk_live_...)")
      .optional()
      .meta({ description: "Stripe's public key, for the client's /config.json" }),
    googleClientId: text.optional().meta({ description: "adds sign-in with Google" }),
    googleSecretId: text.optional().meta({
      description: "the Secrets Manager secret whose clientSecret is Google's",
    }),
    emailFrom: z
      .email()
      .optional()
      .meta({ description: "who writes to students, over SES: for more than 50 mails a day" }),
    reservedConcurrency: z
      .enum(["on", "off"])
      .default("on")
      .meta({ description: "off for accounts with a Lambda concurrency below 500" }),
    waf: z
      .string()
      .regex(
        /^(on|off|arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/\S+)$/,
        "must be on, off, or the ARN of a web ACL for CloudFront, which is in us-east-1",
      )
      .default("off")
      .meta({
        description: "on puts a web ACL before CloudFront (a deployment in us-east-1), or the ARN of one",
      }),
    release: z.enum(RELEASE_WAY_NAMES).optional().meta({
      description: "how a changed definition comes into use; with care in production, at once elsewhere",
    }),
    promotionCodes: onOrOff("on: students may enter promotion codes that you make at Stripe"),
    tax: z.enum(TAX_CHOICES).default("off").meta({
      description: "exclusive or inclusive: Stripe Tax on top of the prices, or as part of them",
    }),
    taxIds: onOrOff("on: companies may enter their tax id"),
    invoices: onOrOff("on: Stripe writes an invoice for each purchase, which costs extra"),
    terms: onOrOff("on: students agree to the terms whose address your Stripe account has"),
    ...SELLER_FIELDS,
    runbookUrl: text
      .default(RUNBOOK)
      .meta({ description: "where alarms point to: the runbook's address, without a section" }),
  })
  .refine(({ domain, certificateArn }) => Boolean(domain) === Boolean(certificateArn), {
    path: ["domain"],
    message: "and certificateArn belong together",
  })
  .refine(({ googleClientId, googleSecretId }) => Boolean(googleClientId) === Boolean(googleSecretId), {
    path: ["googleClientId"],
    message: "and googleSecretId belong together",
  });

export type Deployment = z.infer<typeof deploymentSchema>;

/** Who sells, as students see it; alarms that nobody gets promise nothing. */
export const sellerOf = (deployment: Deployment): Seller =>
  toSeller(deployment, deployment.alarmEmail !== undefined);

/** The keys that `-c` takes, each with what it is for. */
export const DEPLOYMENT_KEYS: [key: string, description: string][] = Object.entries(
  deploymentSchema.shape,
).map(([key, schema]) => [key, schema.meta()?.description ?? ""]);

/** Wrong words on the command line; its message is one sentence that says what to write instead. */
export class DeploymentError extends Error {
  override name = "DeploymentError";
}

/**
 * @param pairs `key=value`, as given with `-c`
 * @throws DeploymentError naming every fault at once
 */
export function readDeployment(pairs: readonly string[]): Deployment {
  const entries = pairs.map((pair) => {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    if (!key || value === undefined)
      throw new DeploymentError(`Write context as key=value; "${pair}" is not of that shape.`);
    return [key, value] as const;
  });
  const result = deploymentSchema.safeParse(Object.fromEntries(entries));
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `${issue.keys.join(", ")} is not known (known: ${DEPLOYMENT_KEYS.map(([key]) => key).join(", ")})`
      : `${issue.path.join(".")} ${issue.message}`,
  );
  throw new DeploymentError(`The context cannot be used: ${faults.join("; ")}.`);
}
