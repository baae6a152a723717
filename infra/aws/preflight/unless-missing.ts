/** What AWS does not have is no error of a question. */

/** @param message how it says so, where its error has no name of its own */
export async function unlessMissing<T>(asked: Promise<T>, message?: RegExp): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isMissing =
      error instanceof Error && (error.name === "ResourceNotFoundException" || message?.test(error.message));
    if (isMissing) return undefined;
    throw error;
  }
}
