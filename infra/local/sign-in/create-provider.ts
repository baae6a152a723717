/** Makes the `oidc-provider` without the two notices that do not concern a sign-in on one machine. */
import type { Configuration, Provider } from "oidc-provider";

const EXPECTED_NOTICES = [
  // Its stated minimum is Node 22; what the issuer uses of it runs on Node 20, as the tests show.
  "Unsupported runtime",
  // Sessions and codes are meant to be forgotten on a restart.
  "in-memory adapter is used",
];

/** Adjusts the default configuration with what only the library itself can give: its interaction policy. */
export async function createProvider(issuerUrl: string, configuration: Configuration): Promise<Provider> {
  const warn = console.warn;
  console.warn = (...data: unknown[]) => {
    if (!EXPECTED_NOTICES.some((notice) => String(data[0]).includes(notice))) warn(...data);
  };
  try {
    const { default: Provider, interactionPolicy } = await import("oidc-provider");
    // No consent prompt: a student agrees to nothing here beyond choosing who to be.
    const policy = interactionPolicy.base();
    policy.remove("consent");
    return new Provider(issuerUrl, {
      ...configuration,
      interactions: { ...configuration.interactions, policy },
    });
  } finally {
    console.warn = warn;
  }
}
