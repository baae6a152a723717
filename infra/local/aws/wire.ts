/** What AWS clients and services say to each other: a POST whose X-Amz-Target names the operation, with a JSON body. */

export interface AwsRequest {
  /** E.g. `StartExecution`. */
  operation: string;
  /** The whole X-Amz-Target, e.g. `AWSStepFunctions.StartExecution`. */
  target: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Whether the client has hung up. */
  isAbandoned(): boolean;
}

export interface AwsReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type AwsService = (request: AwsRequest) => Promise<AwsReply>;

/** An error in AWS's own shape; `name` is the class that the SDK throws. */
export class ServiceError extends Error {
  readonly status: number;
  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}
