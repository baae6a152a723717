/** Ports: whether they are free, and free ones for stacks that nobody has to find. */
import { createServer } from "node:http";
import { systemCause } from "#infra/command-line/system-causes.ts";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { LocalSetupError, type Ports } from "./settings.ts";

const VARIABLES = {
  http: "PORT",
  aws: "AWS_PORT",
  stripe: "STRIPE_PORT",
  signIn: "AUTH_PORT",
  console: "CONSOLE_PORT",
} as const satisfies Record<keyof Ports, string>;

/** @throws LocalSetupError naming every port that somebody else listens on, on either of the machine's own addresses */
export async function requireFreePorts(ports: Ports, used: (keyof Ports)[]): Promise<void> {
  const taken: string[] = [];
  for (const name of used) {
    const error = await occupy(ports[name]).then(() => undefined, toErrno);
    if (error?.code === "EADDRINUSE") taken.push(`${ports[name]} (move it with ${VARIABLES[name]}=<port>)`);
    else if (error) throw new LocalSetupError(sentenceFor(error, name, ports[name]), { cause: error });
  }
  if (taken.length > 0) {
    throw new LocalSetupError(
      `Already in use: port ${taken.join(", port ")}. Stop the program that listens there, or choose another port.`,
    );
  }
}

const toErrno = (error: NodeJS.ErrnoException) => error;

function sentenceFor(error: NodeJS.ErrnoException, name: keyof Ports, port: number): string {
  if (error.code === "EACCES")
    return `This user may not listen on port ${port}: set ${VARIABLES[name]} to one above 1023.`;
  return `Bursar cannot listen on port ${port}: ${systemCause(error) ?? error.message}.`;
}

export async function findFreePorts(): Promise<Ports> {
  const [http, aws, stripe, signIn, console] = await Promise.all(Array.from({ length: 5 }, () => occupy(0)));
  return { http, aws, stripe, signIn, console } as Ports;
}

/** For a moment. @returns the port */
async function occupy(port: number): Promise<number> {
  const server = createServer();
  const got = await listenOnLoopback(server, port);
  await closeServer(server);
  return got;
}
