/** What a journey needs of a browser; one implementation for each way of driving one. */

/** What a person would look for: a role with its name, words, or a test id. */
export interface Query {
  role?: string;
  /** A regular expression's source. */
  name?: string;
  testId?: string;
}

/** The page, or the payment form in its frame. */
export type Place = "page" | "frame";

/** One window with nothing stored. All but `close` may throw while a page is on its way; whoever waits tries again. */
export interface Driver {
  open(address: string): Promise<void>;
  read(query: Query, place: Place): Promise<string | null>;
  isFocused(query: Query, place: Place): Promise<boolean>;
  /** @throws Error when there is nothing like it that can be used yet */
  click(query: Query, place: Place): Promise<void>;
  /** Takes the place of what was in it. @throws Error as above */
  fill(query: Query, text: string, place: Place): Promise<void>;
  /** Where the focus is. */
  press(key: "Tab" | "Enter"): Promise<void>;
  type(text: string): Promise<void>;
  run(script: string): Promise<unknown>;
  screenshot(): Promise<Buffer>;
  /** Console errors, exceptions and violations of the policy until now. */
  complaints(): Promise<string[]>;
  close(): Promise<void>;
}

/** A browser that is installed. */
export interface Engine {
  openWindow(): Promise<Driver>;
  close(): Promise<void>;
}

export class NotYet extends Error {
  constructor(query: Query) {
    super(`not there, or not to be used yet: ${JSON.stringify(query)}`);
  }
}
