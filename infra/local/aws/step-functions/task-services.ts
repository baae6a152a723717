/** The services that a Task can call, with the results and errors that Step Functions makes of them. */
import { SendMessageCommand, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import { type AwsConnection, awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import type { Json } from "#infra/states-language/engine.ts";
import { LAMBDA_INVOKE, SQS_SEND_MESSAGE } from "#infra/states-language/supported-language.ts";
import { TaskError, type TaskServices } from "#infra/states-language/task-service.ts";

export type InvokeFunction = (functionArn: string, payload: unknown) => Promise<unknown>;

export function createTaskServices(aws: AwsConnection, invokeFunction: InvokeFunction) {
  const sqs = new SQSClient(awsClientConfig(aws));
  const services: TaskServices = {
    [LAMBDA_INVOKE]: {
      resourceType: "lambda",
      resource: "invoke",
      call: (parameters) => callLambda(invokeFunction, parameters as unknown as LambdaParameters),
    },
    [SQS_SEND_MESSAGE]: {
      resourceType: "sqs",
      resource: "sendMessage",
      call: (parameters) => sendMessage(sqs, parameters as unknown as SendMessageParameters),
    },
  };
  return { services, close: () => sqs.destroy() };
}

interface LambdaParameters {
  FunctionName: string;
  Payload?: Json;
}

async function callLambda(invokeFunction: InvokeFunction, { FunctionName, Payload = {} }: LambdaParameters) {
  try {
    const result = await invokeFunction(FunctionName, structuredClone(Payload));
    return { ExecutedVersion: "$LATEST", Payload: asJson(result), StatusCode: 200 };
  } catch (error) {
    // Lambda's runtime calls what is no error by its type.
    const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
    // What Lambda itself answers is told in its words; what a function has thrown, as the function's own document.
    if (name.startsWith("Lambda.")) throw new TaskError(name, message);
    throw new TaskError(name, JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
  }
}

/** What is left of a value once Lambda has sent it as JSON. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value) ?? "null") as Json;

interface SendMessageParameters {
  QueueUrl: string;
  MessageBody: Json;
}

async function sendMessage(sqs: SQSClient, { MessageBody, ...parameters }: SendMessageParameters) {
  try {
    const body = typeof MessageBody === "string" ? MessageBody : JSON.stringify(MessageBody);
    const { $metadata: _ours, ...answer } = await sqs.send(
      new SendMessageCommand({ ...parameters, MessageBody: body }),
    );
    return answer as Json;
  } catch (error) {
    throw asSqsError(error);
  }
}

/** What the queue did not answer is the caller's own trouble in reaching it; what SQS has no class for has the service's. */
function asSqsError(error: unknown): TaskError {
  if (!(error instanceof SQSServiceException))
    return new TaskError("SQS.SdkClientException", error instanceof Error ? error.message : String(error));
  const { name, message, $metadata } = error;
  const isClassless = error.constructor === SQSServiceException;
  const told = `Service: AmazonSQS; Status Code: ${$metadata.httpStatusCode}; Error Code: ${name}; Request ID: ${$metadata.requestId}; Proxy: null`;
  return new TaskError(`SQS.${isClassless ? "AmazonSQSException" : name}`, `${message} (${told})`);
}
