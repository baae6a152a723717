/** Who this is, as AWS knows them. */
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE } from "../patience.ts";

/** Needs no permission. @returns e.g. `arn:aws:sts::123456789012:assumed-role/Operators/jo` */
export async function findCallerArn(aws: AwsPlace = {}): Promise<string> {
  const client = createAwsClient(STSClient, PATIENCE.request, aws);
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  if (!Arn) throw new Error("AWS does not say who is asking it.");
  return Arn;
}
