/** Calls of Secrets Manager and STS. */
import { SIGNING_SECRET_ID, STRIPE_SECRET_ID } from "#infra/local/names.ts";
import { type Cases, callsOf, of, pagingsOf } from "./call.ts";

const { call, refuse } = callsOf("secretsmanager");

const secret = { SecretId: STRIPE_SECRET_ID };
const nobodys = { SecretId: "nobodys" };
const TOKEN = "judged-token-of-at-least-32-letters";

export const SECRETS_MANAGER_CASES: Cases = {
  steps: [
    callsOf("sts").call("GetCallerIdentity"),
    call("ListSecrets", {}, { as: "secrets" }),
    call("ListSecrets", { Filters: [{ Key: "name", Values: ["learnermax"] }], SortOrder: "desc" }),
    refuse("InvalidParameterException", "ListSecrets", { MaxResults: 101 }, { unchecked: true }),
    call("DescribeSecret", secret),
    call("DescribeSecret", { SecretId: of("secrets", "SecretList[0].ARN") }),
    refuse("ResourceNotFoundException", "DescribeSecret", nobodys),
    call("GetSecretValue", secret, { as: "value" }),
    call("GetSecretValue", { ...secret, VersionId: of("value", "VersionId") }),
    refuse("ResourceNotFoundException", "GetSecretValue", nobodys),
    refuse("ResourceNotFoundException", "GetSecretValue", { ...secret, VersionStage: "AWSPENDING" }),
    call("PutSecretValue", {
      SecretId: SIGNING_SECRET_ID,
      SecretString: of("value", "SecretString"),
      ClientRequestToken: TOKEN,
    }),
    refuse("ResourceExistsException", "PutSecretValue", {
      SecretId: SIGNING_SECRET_ID,
      SecretString: "{}",
      ClientRequestToken: TOKEN,
    }),
    call("ListSecretVersionIds", { SecretId: SIGNING_SECRET_ID, IncludeDeprecated: true }),
    call("ListSecretVersionIds", { SecretId: SIGNING_SECRET_ID, MaxResults: 1 }, { as: "versions" }),
    call("ListSecretVersionIds", { SecretId: SIGNING_SECRET_ID, NextToken: of("versions", "NextToken") }),
    refuse("InvalidNextTokenException", "ListSecretVersionIds", { ...secret, NextToken: "made-up" }),
    refuse("ResourceNotFoundException", "ListSecretVersionIds", nobodys),
    call("CreateSecret", { Name: "judged", Description: "of the judge", SecretString: "{}" }),
    call("CreateSecret", { Name: "judged-too" }),
    refuse("ResourceExistsException", "CreateSecret", { Name: "judged", SecretString: "[]" }),
    refuse("ResourceNotFoundException", "PutSecretValue", { ...nobodys, SecretString: "{}" }),
    refuse("InvalidParameterException", "PutSecretValue", secret),
    call("TagResource", { ...secret, Tags: [{ Key: "team", Value: "courses" }] }),
    call("DescribeSecret", secret),
    refuse("ResourceNotFoundException", "TagResource", { ...nobodys, Tags: [] }),
    call("UntagResource", { ...secret, TagKeys: ["team"] }),
    refuse("ResourceNotFoundException", "UntagResource", { ...nobodys, TagKeys: ["team"] }),
  ],
  pagings: [
    pagingsOf("secretsmanager")("ListSecrets", {
      input: {},
      ids: "SecretList[].Name",
      sizes: [1, 3],
      least: 4,
      badToken: { input: { NextToken: "made-up" }, refused: "InvalidNextTokenException" },
    }),
  ],
};
