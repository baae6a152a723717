/** The AWS SDK's errors, which name neither the cause nor the cure. */

const SIGN_IN =
  "Sign in with `aws sso login` and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";

/** In the order of asking: the first that fits the error's name or its message. */
const SENTENCES: [sign: RegExp, sentence: string][] = [
  [
    /(SSO session|Token is expired|has expired or is otherwise invalid)/,
    "The sign-in to AWS has expired. Run `aws sso login`, and then this again.",
  ],
  [
    /using profile: \[/,
    "AWS's configuration has no usable profile of that name. Correct AWS_PROFILE, or run `aws configure sso`.",
  ],
  [
    /^(CredentialsProviderError|TokenProviderError)|Could not load credentials/,
    `There are no AWS credentials. ${SIGN_IN}`,
  ],
  [/Region is missing/, "The AWS region is not known. Set AWS_REGION, e.g. AWS_REGION=us-east-1."],
  [
    /^Signature (expired|not yet current)|^(RequestExpired|RequestTimeTooSkewed)/,
    "AWS refuses the request as too old or too new. Set this machine's clock.",
  ],
  [
    /use the key that `npm start` prints/,
    "The AWS of this machine refuses the key. Give the command in the folder of the running stack, or set BURSAR_DATA_DIR to its data folder.",
  ],
  [
    /^(ExpiredToken|UnrecognizedClient|InvalidSignature|InvalidClientTokenId|SignatureDoesNotMatch|IncompleteSignature|InvalidAccessKeyId|MissingAuthenticationToken)/,
    `AWS refuses the credentials: they have expired, or are another account's or region's. ${SIGN_IN}`,
  ],
  [
    /^(Throttling|ThrottledException|TooManyRequests|RequestLimitExceeded|RequestThrottled|ProvisionedThroughputExceeded|SlowDown)/,
    "AWS is asked too much at the moment. Wait a minute, and run this again.",
  ],
  [
    /^(KMS|DecryptionFailure|EncryptionFailure)/,
    "AWS cannot use the key that this is encrypted with. Look at the key in KMS: is it enabled, and may you use it?",
  ],
  [
    /^(InternalServiceError|InternalServerError|InternalFailure|InternalError|ServiceUnavailable)/,
    "AWS answers with an error of its own. Run this again in a minute; health.aws.amazon.com says more.",
  ],
  [/^ResourceExists/, "Somebody else has made it just now. Run this again."],
  [
    /^(ResourceNotFound|StateMachineDoesNotExist|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)/,
    "What this works on is not in this AWS account and region. Deploy first, or correct --stage, AWS_PROFILE or AWS_REGION.",
  ],
  [/Deserialization error/, "What answers is not AWS. Correct AWS_ENDPOINT_URL."],
];

/** @returns undefined when it is not the SDK's */
export function explainAws(error: Error): string | undefined {
  const denied = readDenied(error);
  if (denied) return explainDenied(denied);
  const said = [error.name, error.message];
  const known = SENTENCES.find(([sign]) => said.some((words) => sign.test(words)));
  if (known) return known[1];
  const status = statusOf(error);
  if (status === undefined) return undefined;
  const what = [error.name, error.message].filter(Boolean).join(": ");
  return `AWS refuses this (${what || `status ${status}`}).`;
}

interface Denied {
  /** E.g. `states:RedriveExecution`; SQS writes its own in lower case. */
  action: string | undefined;
  resource: string | undefined;
}

/** Who, what and on what is in the message. @returns undefined when it is another error */
export function readDenied({ name, message }: Error): Denied | undefined {
  if (!/^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(name)) return undefined;
  const [, action] = /not authorized to perform: ([\w-]+:\w+)/.exec(message) ?? [];
  const [, resource] = /on resource: (\S+)/.exec(message) ?? [];
  return { action, resource };
}

/** @param cure what to do about it; whoever has nothing better asks the account's own administrator */
export function explainDenied(
  { action = "this", resource }: Denied,
  cure = "Add that permission to your role, or choose another AWS_PROFILE.",
): string {
  return `AWS does not allow you ${action}${resource ? ` on ${resource}` : ""}. ${cure}`;
}

function statusOf(error: Error): number | undefined {
  const { $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
