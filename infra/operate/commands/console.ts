/** `npm run console -- --state-machine <arn>`: the executions console on a deployed stack, or on any local endpoint. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { keptConsole } from "../console/build-client.ts";
import { describeRoles } from "../describe-roles.ts";
import { pointAt, readAccessKey, readEnvironment } from "../settings.ts";
import { runOperatorCommand } from "./operator-options.ts";

interface Options {
  stateMachine: string;
  region?: string;
  endpointUrl?: string;
  allowRedrive?: boolean;
  port: string;
  json?: boolean;
}

const { AWS_ENDPOINT_URL, CONSOLE_PORT = "4567", STRIPE_API_BASE: stripeApiBase } = readEnvironment();

const program = new Command("npm run console --")
  .description(
    "Opens the executions console on this machine: executions, dead letters, redrive. Ctrl-C stops it.",
  )
  .requiredOption("--state-machine <arn>", "StateMachineArn in the deployment's outputs")
  .option("--region <region>", "where it is, instead of the ARN's region")
  .option("--endpoint-url <url>", "another endpoint than AWS's, as for the AWS CLI; also AWS_ENDPOINT_URL")
  .option("--allow-redrive", "let the console redrive, stop and remove; on AWS it only looks otherwise")
  .option("--port <port>", "where the console listens, on 127.0.0.1", CONSOLE_PORT)
  .option("--json", "print one line of JSON with the address")
  .addHelpText(
    "after",
    `
Environment:
  AWS_PROFILE       the account of the deployment; an endpoint on this machine needs none
  STRIPE_API_BASE   where Stripe is, when it is not at Stripe

What operators' programs call of AWS. Two roles have it; the deployment's outputs name them:
${describeRoles()}`,
  );

await runOperatorCommand(program, async (options: Options) => {
  const [, arnRegion] = /^arn:[^:]+:states:([^:]+):\d{12}:stateMachine:.+$/.exec(options.stateMachine) ?? [];
  const region = options.region ?? arnRegion;
  if (!arnRegion || !region) {
    throw new Error(
      "--state-machine must be a state machine's ARN; the deployment's outputs call it StateMachineArn.",
    );
  }
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error("--port must be a port, e.g. 4567.");
  const endpointUrl = options.endpointUrl ?? AWS_ENDPOINT_URL;
  const mayRedrive = options.allowRedrive === true || isOnThisMachine(endpointUrl);
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

  const console = await showProgress("Opening the console", options.json, async (announce) => {
    announce("Building its page");
    const pages = await keptConsole();
    announce("Looking for the state machine");
    pointAt(region, endpointUrl);
    // Loaded late, so that help and refusals come at once.
    const { startConsole } = await import("../console/start-console.ts");
    const { stateMachine: stateMachineArn } = options;
    return startConsole({
      port,
      aws: { region, endpointUrl, accessKey: readAccessKey() },
      stateMachineArn,
      mayRedrive,
      pages,
      stripeApiBase,
    }).catch(explain(port));
  });
  const { onlyLooks, ...who } = await console.permit();
  if (options.json) printJson({ url: console.url, mayRedrive: !onlyLooks, ...who });
  else print(`\n${onlyLooks ? `${onlyLooks}\n` : ""}Open ${console.url}. Ctrl-C stops.`);
  await interrupted;
  await console.close();
});

function explain(port: number) {
  return (error: unknown): never => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new Error(`Port ${port} is in use: choose another one with --port.`, { cause: error });
    throw error;
  };
}
