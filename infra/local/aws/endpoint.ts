/** The AWS of one machine: Step Functions, DynamoDB, SQS, Secrets Manager, STS and a little of Cognito behind one URL. */
import path from "node:path";
import type { MetricName } from "#infra/deployment/metrics.ts";
import { REGION } from "#infra/local/names.ts";
import { LocalSetupError } from "#infra/local/settings.ts";
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { openDatabase } from "../storage/database.ts";
import { explainFailure } from "../storage/explain-failure.ts";
import { startDynamoDb } from "./dynamodb/dynamodb.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createHttpEndpoint } from "./http-endpoint.ts";
import { errorReply } from "./json-service.ts";
import { createSecretsManager } from "./secrets-manager/secrets-manager.ts";
import { startSqs } from "./sqs/sqs.ts";
import { createStepFunctions, type DeployedStateMachine } from "./step-functions/step-functions.ts";
import { createSts } from "./sts.ts";
import { unknownOperation } from "./unknown-operation.ts";
import { createUserPool, type PoolUser } from "./user-pool.ts";
import { type AwsService, ServiceError } from "./wire.ts";

export interface AwsEndpointOptions {
  /** 0: any free port. */
  port: number;
  /** Created if missing, e.g. `.bursar/aws`. One process at a time. */
  dataDir: string;
  /** What requests must be signed with. */
  accessKey: AccessKey;
  stateMachine: DeployedStateMachine;
  /** Invokes a Lambda function; rejects with the handler's error. */
  invokeFunction: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** By SecretId; each is returned as JSON text until PutSecretValue replaces it. */
  secrets: Record<string, Record<string, unknown>>;
  /** Told the name of a secret that PutSecretValue has written, before that is answered. */
  onSecretWritten?: (name: string) => Promise<void>;
  /** What is set to go wrong; nothing unless given. */
  faults?: Faults;
  /** Who has an account; nobody unless given. */
  listUsers?: () => PoolUser[];
  /** Told of what CloudWatch would count of executions. */
  recordMetric?: (metric: MetricName) => void;
  /** Created at the start. */
  queues: { name: string; attributes?: Record<string, string> }[];
}

export interface AwsEndpoint {
  /** E.g. `http://localhost:4566`. */
  url: string;
  port: number;
  /** Continues what was running when the process ended; returns the number of executions. */
  resumeExecutions(): Promise<number>;
  /** Executions that run stay RUNNING, and are continued by `resumeExecutions` after the next start. */
  close(): Promise<void>;
}

/** @throws LocalSetupError saying what to do about the port or the data, DefinitionRefused */
export async function startAwsEndpoint(options: AwsEndpointOptions): Promise<AwsEndpoint> {
  const { dataDir, accessKey, stateMachine, secrets, queues, faults = createFaults() } = options;
  const loaded = loadStateMachine(stateMachine.definition);
  let answer: AwsService = unavailable;
  const opened: { close(): Promise<void> }[] = [];

  function closeLater<T extends { close(): Promise<void> }>(part: T): T {
    opened.unshift(part);
    return part;
  }

  async function close() {
    answer = unavailable;
    for (const part of opened.splice(0)) await part.close();
  }

  try {
    const database = closeLater(await openDatabase(path.join(dataDir, "state")));
    const dynamoDb = closeLater(await startDynamoDb(path.join(dataDir, "dynamodb")));
    const server = createHttpEndpoint((request) => answer(request), faults, accessKey);
    const port = await listenOnLoopback(server, options.port);
    closeLater({ close: () => closeServer(server) });
    const url = `http://localhost:${port}`;
    const sqs = closeLater(await startSqs(database, url, queues));
    const stepFunctions = closeLater(
      await createStepFunctions({
        ...options,
        database,
        aws: { region: REGION, endpointUrl: url, accessKey },
        loaded,
      }),
    );
    answer = faults.guard(
      routeByTarget({
        AWSStepFunctions: stepFunctions.service,
        DynamoDB_20120810: dynamoDb.service,
        AmazonSQS: sqs.service,
        secretsmanager: await createSecretsManager(database, secrets, options.onSecretWritten),
        AWSCognitoIdentityProviderService: createUserPool(options.listUsers ?? (() => [])),
        sts: createSts(),
      }),
    );
    return { url, port, resumeExecutions: stepFunctions.resumeExecutions, close };
  } catch (error) {
    await close();
    throw explainStartFailure(error, options);
  }
}

const unavailable: AwsService = async () =>
  errorReply(new ServiceError("ServiceUnavailable", "The endpoint is starting or closing.", 503));

/** By the part of X-Amz-Target before the dot. */
function routeByTarget(services: Record<string, AwsService>): AwsService {
  return async (request) => {
    const name = request.target.split(".", 1).join();
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    if (service) return service(request);
    return errorReply(unknownOperation(request.target, Object.keys(services)));
  };
}

function explainStartFailure(error: unknown, { dataDir, port }: AwsEndpointOptions): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EADDRINUSE") {
    return new LocalSetupError(
      `Port ${port} is in use: stop the program that listens there, or set AWS_PORT to another port.`,
      { cause: error },
    );
  }
  return code.startsWith("LEVEL_") ? explainFailure(dataDir, error) : error;
}
