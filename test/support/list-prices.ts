/** What AWS charges in us-east-1, in US$, without what is free: list prices of November 2026. */

export const LIST_PRICES = {
  /** https://aws.amazon.com/step-functions/pricing, Standard. */
  stateTransition: 0.025 / 1_000,
  /** https://aws.amazon.com/lambda/pricing, on Arm. */
  lambdaRequest: 0.2 / 1e6,
  lambdaGigabyteSecond: 0.0000133334,
  /** https://aws.amazon.com/api-gateway/pricing */
  httpApiRequest: 1 / 1e6,
  /** https://aws.amazon.com/dynamodb/pricing/on-demand */
  tableRead: 0.125 / 1e6,
  tableWrite: 0.625 / 1e6,
  /** https://aws.amazon.com/sqs/pricing, of a standard queue. */
  queueRequest: 0.4 / 1e6,
  /** https://aws.amazon.com/secrets-manager/pricing */
  secretRead: 0.05 / 10_000,
  secretMonth: 0.4,
  /** https://aws.amazon.com/cloudwatch/pricing: taken in and kept for a month. */
  logGigabyte: 0.5 + 0.03,
  alarmMetricMonth: 0.1,
  metricMonth: 0.3,
  /** https://aws.amazon.com/cloudfront/pricing, HTTPS in the United States. */
  cloudFrontRequest: 1 / 1e6,
  cloudFrontGigabyte: 0.085,
  /** https://aws.amazon.com/waf/pricing */
  wafRequest: 0.6 / 1e6,
} as const;
