/** `npm start`: the whole of Bursar on one machine, until Ctrl-C. */
import "#infra/command-line/check-node.ts";
import { runStackCommand } from "../stack-command.ts";

await runStackCommand({
  name: "npm start",
  description: "Runs Bursar on this machine: client, API, AWS, Stripe and sign-in. Ctrl-C stops it.",
});
