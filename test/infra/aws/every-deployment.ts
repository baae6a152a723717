/** The templates of every stage in every context that a deployment can be told, for what must hold between any two. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DEPLOYMENT_KEYS } from "#infra/aws/deployment-context.ts";
import { synthesiseTemplates, type Template } from "./synthesise-templates.ts";

/** A value for each key of a deployment but its stage. */
const VALUES: Record<string, string> = {
  domain: "courses.example.com",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1",
  alarmEmail: "ops@example.com",
  stripePublishableKey: "pk_test_1",
  googleClientId: "google-client",
  googleSecretId: "bursar/google",
  emailFrom: "courses@example.com",
  reservedConcurrency: "off",
  waf: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1",
  release: "linear",
  promotionCodes: "on",
  tax: "exclusive",
  taxIds: "on",
  invoices: "on",
  terms: "on",
  sellerName: "The School",
  sellerLogo: "https://example.com/logo.svg",
  sellerAccent: "#0f6f64",
  sellerSupport: "help@example.com",
  sellerTerms: "https://example.com/terms",
  sellerPrivacy: "https://example.com/privacy",
  runbookUrl: "https://example.com/runbook.md",
};

const told = (...keys: string[]) => keys.map((key) => `${key}=${VALUES[key]}`);

const CONTEXTS: Record<string, string[]> = {
  "told nothing": [],
  "with a domain": told("domain", "certificateArn"),
  "with Google": told("googleClientId", "googleSecretId"),
  "with people to tell": told("alarmEmail", "emailFrom", "runbookUrl"),
  "in a young account": told("reservedConcurrency", "stripePublishableKey"),
  "told everything": told(...DEPLOYMENT_KEYS.map(([key]) => key).filter((key) => key !== "stage")),
};

export const STAGES = ["production", "staging", "a-stage-of-20-letter"];
export const REGIONS = ["us-east-1", "ap-southeast-2"];

export interface MadeDeployment {
  stage: string;
  context: string;
  templates: Record<string, Template>;
}

export function makeEveryDeployment(): MadeDeployment[] {
  return STAGES.flatMap((stage) =>
    Object.entries(CONTEXTS).map(([context, pairs]) => {
      const directory = mkdtempSync(path.join(tmpdir(), "bursar-templates-"));
      const templates = synthesiseTemplates(directory, [`stage=${stage}`, ...pairs]);
      rmSync(directory, { recursive: true, force: true });
      return { stage, context, templates };
    }),
  );
}
