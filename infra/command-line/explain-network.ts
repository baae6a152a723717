/** What Node says of a connection, in words that name the address and what may be wrong with it. */

const SETTINGS = "AWS_ENDPOINT_URL, STRIPE_API_BASE or the address that you gave";

/** By Node's code; `where` is the address, as far as the error knows it. */
const FAULTS: [codes: RegExp, sentence: (where: string) => string][] = [
  [/^ECONNREFUSED$/, (where) => `Nothing answers at ${where}. Start it, or correct ${SETTINGS}.`],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    (where) =>
      `There is no host ${where}, or no network. Look at ${SETTINGS}, at AWS_REGION and at the connection.`,
  ],
  [
    /^(ETIMEDOUT|ESOCKETTIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/,
    (where) =>
      `No answer came from ${where} in time. Run this again; if it stays, look at the network and at ${SETTINGS}.`,
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
    (where) => `The connection to ${where} was cut before an answer came. Run this again.`,
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN)$/,
    (where) => `There is no way to ${where} from this network. Look at the connection, a VPN or a proxy.`,
  ],
  [
    /^(EPROTO|ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/,
    (where) =>
      `No secure connection to ${where} could be made. Look at ${SETTINGS}, at a proxy and at this machine's clock.`,
  ],
  [/^ERR_INVALID_URL$/, () => `An address is not one. Correct ${SETTINGS}.`],
];

/** @returns undefined when it is not about a connection */
export function explainNetwork(error: Error): string | undefined {
  const fault = findFault(error);
  if (!fault) return error.name === "TimeoutError" ? explainCode("ETIMEDOUT", "what was asked") : undefined;
  return explainCode(String(fault.code), addressOf(fault));
}

interface ConnectionFault extends Error {
  code: unknown;
  address?: unknown;
  port?: unknown;
  hostname?: unknown;
}

/** The innermost that knows: fetch wraps it as a cause, Node as one of several addresses, Stripe's SDK as a detail. */
function findFault(error: unknown, depth = 0): ConnectionFault | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const { cause, detail, errors } = error as { cause?: unknown; detail?: unknown; errors?: unknown };
  const inner = [cause, detail, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  for (const one of inner) {
    const fault = findFault(one, depth + 1);
    if (fault) return fault;
  }
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && explainCode(code, "") ? (error as ConnectionFault) : undefined;
}

function explainCode(code: string, where: string): string | undefined {
  return FAULTS.find(([codes]) => codes.test(code))?.[1](where);
}

function addressOf({ address, port, hostname, message }: ConnectionFault): string {
  if (typeof hostname === "string") return hostname;
  if (typeof address === "string") return typeof port === "number" ? `${address}:${port}` : address;
  return /\b[A-Z]{3,} (\S+:\d+)/.exec(message)?.[1] ?? "what was asked";
}
