/** The client's page as it is served, read from where students get it, for pages that say more of a course. */

/** So old may it be: a new build is in use a minute later, and the files that an old page names stay. */
const LIFETIME_MS = 60_000;
const PATIENCE_MS = 3_000;

export interface ClientPage {
  /** Where students reach the client. */
  clientUrl: string;
  /** The client's page; rejects when it cannot be had. */
  readShell: () => Promise<string>;
}

export const openClientPage = (clientUrl: string, now: () => Date): ClientPage => ({
  clientUrl,
  readShell: createShellReader(clientUrl, now),
});

/**
 * @param clientUrl e.g. `https://courses.example.com`
 * @returns the HTML; the last one that there was, where the site does not answer
 * @throws Error when there was none yet
 */
function createShellReader(clientUrl: string, now: () => Date): () => Promise<string> {
  let kept: { html: string; at: number } | undefined;
  return async () => {
    const at = now().getTime();
    if (kept && at - kept.at < LIFETIME_MS) return kept.html;
    try {
      kept = { html: await fetchShell(clientUrl), at };
    } catch (error) {
      if (!kept) throw error;
    }
    return kept.html;
  };
}

async function fetchShell(clientUrl: string): Promise<string> {
  const response = await fetch(new URL("/index.html", clientUrl), {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`the client's page was answered with ${response.status}`);
  return response.text();
}
