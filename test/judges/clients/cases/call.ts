/** What botocore is to ask of the endpoint, as data. */

/** A part of an answer that was kept, by the name of its call and a JMESPath; or binary content. */
export const of = (name: string, path: string) => ({ $of: [name, path] });
export const bytes = (text: string) => ({ $bytes: text });

type Input = Record<string, unknown>;

interface Call {
  what: string;
  service: string;
  operation: string;
  input: Input;
  /** The answer is kept under this name. */
  as?: string;
  /** The error that is due, by its name in the model. */
  refused?: string;
  /** Sent without botocore's own look at the input. */
  unchecked?: boolean;
}

/** A list that is read with botocore's paginator, in pages of each size. */
interface Paging {
  what: string;
  service: string;
  operation: string;
  input: Input;
  /** JMESPath of what tells the things in a page apart. */
  ids: string;
  sizes: number[];
  /** How many things there are at least. */
  least: number;
  badToken?: { input: Input; refused: string };
}

/** For something that comes by itself. */
interface Wait {
  what: string;
  service: string;
  waiter: string;
  input: Input;
}

export interface Cases {
  /** One after another. */
  steps: (Call | Wait)[];
  pagings: Paging[];
}

type Details = Pick<Call, "as" | "refused" | "unchecked">;

export const callsOf = (service: string) => ({
  call: (operation: string, input: Input = {}, details: Details = {}): Call => ({
    what: describe(service, operation, input),
    service,
    operation,
    input,
    ...details,
  }),
  refuse: (refused: string, operation: string, input: Input, details: Details = {}): Call => ({
    what: describe(service, operation, input),
    service,
    operation,
    input,
    refused,
    ...details,
  }),
});

export const waitFor = (service: string, waiter: string, input: Input): Wait => ({
  what: `${service} waits: ${waiter}`,
  service,
  waiter,
  input,
});

export const pagingsOf =
  (service: string) =>
  (operation: string, paging: Omit<Paging, "what" | "service" | "operation">): Paging => ({
    what: `${service} ${operation}, page by page`,
    service,
    operation,
    ...paging,
  });

const describe = (service: string, operation: string, input: Input) =>
  `${service} ${operation} ${JSON.stringify(input)}`.slice(0, 160);
