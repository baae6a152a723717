/** Every planted hole, in the order of the attacks. */
import { ANSWER_HOLES } from "./answer-holes.ts";
import { API_HOLES } from "./api-holes.ts";
import { AWS_GATEWAY_HOLES } from "./aws-gateway-holes.ts";
import { CLIENT_HOLES } from "./client-holes.ts";
import { DELIVERY_HOLES } from "./delivery-holes.ts";
import { ERASURE_HOLES } from "./erasure-holes.ts";
import { EVENT_HOLES } from "./event-holes.ts";
import type { Hole } from "./hole.ts";
import { LIMIT_HOLES } from "./limit-holes.ts";
import { LOCAL_STACK_HOLES } from "./local-stack-holes.ts";
import { LOG_HOLES } from "./log-holes.ts";
import { OPERATOR_HOLES } from "./operator-holes.ts";
import { OTHER_USER_HOLES } from "./other-user-holes.ts";
import { PAGE_HOLES } from "./page-holes.ts";
import { PATIENCE_HOLES } from "./patience-holes.ts";
import { REPORT_HOLES } from "./report-holes.ts";
import { SECRET_HOLES } from "./secret-holes.ts";
import { SESSION_HOLES } from "./session-holes.ts";
import { TOKEN_HOLES } from "./token-holes.ts";
import { WAY_BACK_HOLES } from "./way-back-holes.ts";
import { WEBHOOK_HOLES } from "./webhook-holes.ts";

export const HOLES: Hole[] = [
  ...WEBHOOK_HOLES,
  ...SECRET_HOLES,
  ...DELIVERY_HOLES,
  ...EVENT_HOLES,
  ...SESSION_HOLES,
  ...TOKEN_HOLES,
  ...AWS_GATEWAY_HOLES,
  ...API_HOLES,
  ...LIMIT_HOLES,
  ...LOG_HOLES,
  ...ANSWER_HOLES,
  ...CLIENT_HOLES,
  ...PAGE_HOLES,
  ...REPORT_HOLES,
  ...ERASURE_HOLES,
  ...OPERATOR_HOLES,
  ...PATIENCE_HOLES,
  ...WAY_BACK_HOLES,
  ...LOCAL_STACK_HOLES,
  ...OTHER_USER_HOLES,
];
