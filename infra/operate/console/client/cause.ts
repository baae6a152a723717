/** Finds the words for people in a cause: it may be Lambda's JSON, or a caught error whose cause is that JSON. */
export function messageIn(cause: string): string {
  try {
    const parsed = JSON.parse(cause) as { Cause?: string; errorMessage?: string };
    return parsed.errorMessage ?? (parsed.Cause ? messageIn(parsed.Cause) : cause);
  } catch {
    return cause;
  }
}
