/** How Step Functions, and AWS at large, writes what it tells: as JSON. */

/** The SDK's types as they travel: a timestamp is a number of seconds since 1970. */
export type Wire<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;

export const toSeconds = (milliseconds: number) => milliseconds / 1000;
