/** The templates deployed by ministack's CloudFormation, as far as that goes. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import { ACCOUNT, REGION } from "#infra/local/names.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import type { Template } from "#test/infra/aws/synthesise-templates.ts";
import type { Difference } from "../../verdict.ts";
import { leaveOut } from "./leave-out.ts";

interface Deployed {
  /** How many resources were made. */
  made: number;
  differences: Difference[];
}

const PATIENCE_SECONDS = 60;

/**
 * @param templates by the stack's name, in an order in which none imports of a later one
 * @param directory with what they upload
 */
export async function deployElsewhere(
  url: string,
  templates: Record<string, Template>,
  directory: string,
): Promise<Deployed> {
  await prepare(url, directory);
  const client = new CloudFormationClient(awsClientConfig({ region: REGION, endpointUrl: url }));
  const deployed: Deployed = { made: 0, differences: [] };
  for (const [name, whole] of Object.entries(templates)) {
    const { template, left } = leaveOut(whole);
    for (const [logicalId, type] of left)
      differ(deployed, `${name}: ${type} ${logicalId} is made`, "not made");
    const reason = await create(client, name, template);
    if (reason) differ(deployed, `${name} is made`, reason);
    else deployed.made += await countMade(client, name);
  }
  client.destroy();
  return deployed;
}

const differ = ({ differences }: Deployed, what: string, theirs: string) =>
  differences.push({ what, theirs, ours: "in the template" });

/** What `cdk bootstrap` and the upload before a deployment would have made. The functions' code is in the templates here. */
async function prepare(url: string, directory: string): Promise<void> {
  await ask(url, {
    method: "POST",
    headers: { "x-amz-target": "AmazonSSM.PutParameter", "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify({ Name: "/cdk-bootstrap/hnb659fds/version", Value: "30", Type: "String" }),
  });
  const bucket = `${url}/cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
  await ask(bucket, { method: "PUT" });
  for (const file of await readdir(directory)) {
    const [, key] = /^asset\.(\w+\.json)$/.exec(file) ?? [];
    const body = key && (await readFile(path.join(directory, file), "utf8"));
    if (body) await ask(`${bucket}/${key}`, { method: "PUT", body });
  }
}

async function ask(url: string, request: RequestInit): Promise<void> {
  const { ok, status } = await fetch(url, request);
  if (!ok) throw new Error(`${url} answered ${status}.`);
}

/** @returns why it could not be made */
async function create(
  client: CloudFormationClient,
  StackName: string,
  template: Template,
): Promise<string | undefined> {
  const TemplateBody = JSON.stringify(template);
  try {
    await client.send(
      new CreateStackCommand({ StackName, TemplateBody, Capabilities: ["CAPABILITY_NAMED_IAM"] }),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const waiting = { client, maxWaitTime: PATIENCE_SECONDS, minDelay: 1, maxDelay: 1 };
  await waitUntilStackCreateComplete(waiting, { StackName }).catch(() => undefined);
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return stack?.StackStatus === "CREATE_COMPLETE" ? undefined : findReason(client, StackName);
}

async function findReason(client: CloudFormationClient, StackName: string): Promise<string> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find(({ ResourceStatus = "" }) => ResourceStatus.endsWith("FAILED"));
  return `${failed?.LogicalResourceId}: ${failed?.ResourceStatusReason}`;
}

async function countMade(client: CloudFormationClient, StackName: string): Promise<number> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.filter(({ ResourceStatus }) => ResourceStatus === "CREATE_COMPLETE").length;
}
