/** Every planted hole, in the order of the attacks. */
import { API_HOLES } from "./api-holes.ts";
import { CLIENT_HOLES } from "./client-holes.ts";
import { EVENT_HOLES } from "./event-holes.ts";
import type { Hole } from "./hole.ts";
import { LOCAL_STACK_HOLES } from "./local-stack-holes.ts";
import { TOKEN_HOLES } from "./token-holes.ts";
import { WEBHOOK_HOLES } from "./webhook-holes.ts";

export const HOLES: Hole[] = [
  ...WEBHOOK_HOLES,
  ...EVENT_HOLES,
  ...TOKEN_HOLES,
  ...API_HOLES,
  ...CLIENT_HOLES,
  ...LOCAL_STACK_HOLES,
];
