/** All that the checker is shown: what is stored when everything is over. Of the run itself it knows nothing. */

/** Marks what is ours at Stripe. */
export const DEPLOYMENT_NAME = "bursar";

/** Instants are milliseconds since 1970. */
export interface FinalStores {
  /** The table. */
  items: Item[];
  /** The table's stream: every change of an item. */
  stream: StreamRecord[];
  /** Stripe's checkout sessions, customers, charges, disputes and events. */
  sessions: SessionAtStripe[];
  customers: { id: string; email: string | null; deletedAt: number | undefined }[];
  charges: { payment_intent: string; amount: number; amount_refunded: number; refunded: boolean }[];
  disputes: { payment_intent: string; status: string }[];
  /** When all of a payment had gone back, by payment intent. */
  refundedAt: Map<string, number>;
  events: EventAtStripe[];
  /** The bodies of the messages in the dead-letter queue. */
  deadLetters: string[];
  /** The bodies of all that were ever there. */
  deadLettersEver: string[];
  /** The bodies of what still waits in the overflow queue. */
  waiting: string[];
  /** All that was ever put there; what was given up, or waits still, was not taken off. */
  overflowEver: readonly { body: string; sentAt: number; takenOffAt?: number }[];
  executions: ExecutionAtEnd[];
  /** Stripe's log of deliveries. */
  deliveries: DeliveryAtStripe[];
  /** The API's log. */
  requests: ApiRequest[];
  /** When an operator redrove dead letters. */
  redrives: { from: number; to: number }[];
  /** The sweeps that came to their end, in the order of their ends. */
  sweeps: { from: number; to: number }[];
  /** Since when no call has failed and nothing was damaged or edited; undefined: never. */
  calmSince: number | undefined;
}

/** Of the many things that a real process does not tell. */
export const NOTHING_KNOWN = {
  stream: [],
  customers: [],
  charges: [],
  disputes: [],
  refundedAt: new Map<string, number>(),
  events: [],
  waiting: [],
  overflowEver: [],
  executions: [],
  deliveries: [],
  requests: [],
  redrives: [],
  sweeps: [],
  calmSince: undefined,
} satisfies Partial<FinalStores>;

export type Item = Record<string, unknown>;

export interface StreamRecord {
  at: number;
  key: string;
  before: Item | undefined;
  after: Item | undefined;
}

/** What Stripe's dashboard shows of one delivery. */
export interface DeliveryAtStripe {
  eventId: string;
  startedAt: number;
  /** Both undefined: no answer was heard. */
  status: number | undefined;
  answeredAt?: number;
}

export interface EventAtStripe {
  id: string;
  type: string;
  /** Seconds since 1970. */
  created: number;
  data: { object: { id: string; payment_status?: string; payment_intent?: string | null } };
}

export interface SessionAtStripe {
  id: string;
  created: number;
  status: string | null;
  payment_status: string;
  amount_subtotal: number;
  currency: string;
  client_reference_id: string | null;
  metadata: Record<string, string> | null;
  customer: string | null;
  payment_intent: string | null;
  /** When it ceased to be payable; undefined: it can be paid, or it is not known. */
  closedAt?: number | undefined;
}

export interface ExecutionAtEnd {
  name: string;
  input: string;
  status: string;
  history: { at: number; kind: string; detail: string }[];
}

export interface ApiRequest {
  method: string;
  path: string;
  userId: string;
  email: string;
  courseId?: string;
  askedAt: number;
  /** Undefined: the connection broke. */
  answeredAt?: number;
  status?: number;
  /** Whose form was handed out. */
  checkoutSessionId?: string | undefined;
}
