/** In the API's bundle instead of `qs`: Express loads it at once, and asks it only where queries or forms may be nested. */

export function parse(): never {
  throw new Error("qs is left out of the bundle: the API's queries are flat, and Node itself reads them");
}
