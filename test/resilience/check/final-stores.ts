/** All that the checker is shown: what is stored when everything is over. Of the run itself it knows nothing. */
export interface FinalStores {
  /** The table. */
  items: Record<string, unknown>[];
  /** The table's stream: every change of an item. */
  stream: StreamRecord[];
  /** Stripe's checkout sessions and events. */
  sessions: SessionAtStripe[];
  events: { id: string; type: string; data: { object: { id: string } } }[];
  /** The bodies of the messages in the dead-letter queue. */
  deadLetters: string[];
  /** The bodies of what still waits in the overflow queue. */
  waiting: string[];
  executions: ExecutionAtEnd[];
  /** Stripe's log of deliveries. */
  deliveries: { eventId: string; startedAt: number; status: number | undefined }[];
}

interface StreamRecord {
  key: string;
  before: object | undefined;
  after: { stripeCustomerId?: unknown } | undefined;
}

export interface SessionAtStripe {
  id: string;
  status: string | null;
  payment_status: string;
  client_reference_id: string | null;
  metadata: Record<string, string> | null;
  customer: string | null;
  payment_intent: string | null;
}

export interface ExecutionAtEnd {
  name: string;
  input: string;
  status: string;
  history: { at: number; kind: string; detail: string }[];
}
