/** What differs between the deployments of one build, read from `/config.json` when first needed. */
import type { ClientConfig } from "#workflow/client-config.ts";
import { notConfigured, unreachable } from "./api-error.ts";
import { once } from "./once.ts";

const TIMEOUT_MS = 10_000;

/** @throws ApiError when the file cannot be read; the next call tries again */
export const loadConfig = once(async (): Promise<ClientConfig> => {
  const response = await fetch("/config.json", { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw notConfigured(response.status);
  return (await response.json()) as ClientConfig;
});
