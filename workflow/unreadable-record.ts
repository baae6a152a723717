/** A stored or foreign record that is not of the shape it should have: named, so that a person can look at it. */
export class UnreadableRecord extends Error {
  override name = "UnreadableRecord";
  /** Where it is: the table's key, or the payment provider's id. */
  readonly key: string;

  constructor(key: string, problem: string) {
    super(`${key} cannot be read: ${problem}`);
    this.key = key;
  }
}
