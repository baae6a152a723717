/** The local Step Functions with somebody else's state machine, for as long as it is asked. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { SFNClient } from "@aws-sdk/client-sfn";
import { type AwsEndpointOptions, startAwsEndpoint } from "#infra/local/aws/endpoint.ts";
import { REGION, STATE_MACHINE_NAME } from "#infra/local/names.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

type Given = Partial<Pick<AwsEndpointOptions, "invokeFunction" | "queues" | "faults">>;

/** @throws DefinitionRefused when the definition is refused at load */
export async function withEndpoint<Result>(
  definition: string,
  { invokeFunction = async () => ({}), queues = [], ...rest }: Given,
  ask: (client: SFNClient, url: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-judge-"));
  try {
    const endpoint = await startAwsEndpoint({
      port: 0,
      dataDir,
      accessKey: TEST_ACCESS_KEY,
      stateMachine: { name: STATE_MACHINE_NAME, definition },
      invokeFunction,
      secrets: {},
      queues,
      ...rest,
    });
    const config = awsClientConfig({ region: REGION, endpointUrl: endpoint.url, accessKey: TEST_ACCESS_KEY });
    // Some operations have a prefix to AWS's host, which this one has not.
    const client = new SFNClient({ ...config, disableHostPrefix: true });
    try {
      return await ask(client, endpoint.url);
    } finally {
      client.destroy();
      await endpoint.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
