/** Where a student comes back to after signing in. */

/**
 * Accepts a path of this site and nothing else: an address that leads elsewhere would let a prepared link send a
 * student, freshly signed in, to a stranger's page.
 *
 * @returns path, query and fragment; `/` for anything doubtful
 */
export function safeReturnPath(path: unknown, origin: string = location.origin): string {
  if (typeof path !== "string" || !path.startsWith("/") || !URL.canParse(path, origin)) return "/";
  const url = new URL(path, origin);
  // Resolving "/.//host" leaves "//host", which a browser reads as another site.
  if (url.origin !== origin || url.pathname.startsWith("//") || url.pathname.startsWith("/sign-in/")) {
    return "/";
  }
  return url.pathname + url.search + url.hash;
}
