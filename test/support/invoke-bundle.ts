/** Loads a deployed bundle in a process of its own, as Lambda does, and invokes it once. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface DeployedBundle {
  /** The file that is loaded. */
  bundle: string;
  /** `index.<export>` */
  handler: string;
}

export type Invocation =
  | { kind: "returned"; value: unknown; log: LogEntry[] }
  | { kind: "threw"; name: string; message: string; log: LogEntry[] }
  /** Its time was over before it had said anything. */
  | { kind: "cut off"; log: LogEntry[] };

interface LogEntry {
  errorName?: string;
  dependency?: string;
}

const SCRIPT = `
  const [bundle, handler, event, seconds] = process.argv.slice(1);
  const functions = await import(bundle);
  const end = Date.now() + Number(seconds) * 1000;
  const context = { awsRequestId: "test", getRemainingTimeInMillis: () => end - Date.now() };
  const cutOff = new Promise((resolve) => setTimeout(resolve, end - Date.now(), { kind: "cut off" }));
  const invoked = functions[handler](JSON.parse(event), context).then(
    (value) => ({ kind: "returned", value: value ?? null }),
    ({ name, message }) => ({ kind: "threw", name, message }),
  );
  const invocation = await Promise.race([invoked, cutOff]);
  process.stdout.write("\\n" + JSON.stringify(invocation), () => process.exit(0));
`;

/** @param seconds that it has: its timeout, unless somebody waits for less */
export async function invokeBundle(
  { bundle, handler }: DeployedBundle,
  event: unknown,
  env: Record<string, string>,
  seconds: number,
): Promise<Invocation> {
  const name = handler.replace("index.", "");
  const words = [bundle, name, JSON.stringify(event), String(seconds)];
  const script = ["--input-type=module", "-e", SCRIPT];
  const { stdout, stderr } = await run(process.execPath, [...script, ...words], { env });
  const lines = stdout.split("\n");
  const invocation = JSON.parse(lines.pop() ?? "") as Omit<Invocation, "log">;
  return { ...invocation, log: [...lines, ...stderr.split("\n")].flatMap(readEntry) } as Invocation;
}

function readEntry(line: string): LogEntry[] {
  try {
    return [JSON.parse(line) as LogEntry];
  } catch {
    return [];
  }
}
