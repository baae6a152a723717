/** Ports: whether they are free, and free ones for stacks that nobody has to find. */
import { createServer } from "node:net";
import { LocalSetupError, type Ports } from "./settings.ts";

const VARIABLES = {
  http: "PORT",
  aws: "AWS_PORT",
  stripe: "STRIPE_PORT",
  signIn: "AUTH_PORT",
  console: "CONSOLE_PORT",
} as const satisfies Record<keyof Ports, string>;

/** @throws LocalSetupError naming every port that somebody else listens on */
export async function requireFreePorts(ports: Ports, used: (keyof Ports)[]): Promise<void> {
  const taken: string[] = [];
  for (const name of used) {
    const free = await listenOnce(ports[name]).catch(() => undefined);
    if (!free) taken.push(`${ports[name]} (move it with ${VARIABLES[name]}=<port>)`);
  }
  if (taken.length > 0) {
    throw new LocalSetupError(
      `Already in use: port ${taken.join(", port ")}. Stop the program that listens there, or choose another port.`,
    );
  }
}

export async function findFreePorts(): Promise<Ports> {
  const [http, aws, stripe, signIn, console] = await Promise.all(
    Array.from({ length: 5 }, () => listenOnce(0)),
  );
  return { http, aws, stripe, signIn, console } as Ports;
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
