/** Ids that look like Stripe's and sort by the time at which they were made, so that a listing needs no other order. */
import { randomInt } from "node:crypto";

/** In ASCII order: ids of one prefix compare as the moments they stand for. */
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const TIME_DIGITS = 9;
const RANDOM_DIGITS = 15;

let lastMicroseconds = 0;

/** @param prefix e.g. `evt`; an id is `evt_` and 24 characters */
export function createId(prefix: string): string {
  lastMicroseconds = Math.max(Date.now() * 1000, lastMicroseconds + 1);
  return `${prefix}_${encodeTime(lastMicroseconds)}${randomText(RANDOM_DIGITS)}`;
}

/** No id of this prefix made at or after that second sorts before it. */
export function firstIdAt(prefix: string, seconds: number): string {
  return `${prefix}_${encodeTime(Math.max(0, seconds) * 1_000_000)}`;
}

export function randomText(length: number): string {
  return Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join("");
}

function encodeTime(microseconds: number): string {
  let rest = microseconds;
  let text = "";
  for (let digit = 0; digit < TIME_DIGITS; digit++) {
    text = DIGITS[rest % DIGITS.length] + text;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text;
}
