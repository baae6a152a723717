/** A valid environment, so that handlers can be loaded by tests that then give them ports of their own. */
export const handlerEnvironment = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  EDUCATION_TABLE_NAME: "bursar-education",
  STATE_MACHINE_ARN: "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment",
  OVERFLOW_QUEUE_URL: "http://localhost:1/000000000000/bursar-webhook-queue",
  STRIPE_SECRET_ID: "learnermax/stripe",
  SIGNING_SECRET_ID: "learnermax/signing-secret",
  DEPLOYMENT_NAME: "bursar",
  CLIENT_URL: "http://localhost:3000",
  POWERTOOLS_LOG_LEVEL: "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};
