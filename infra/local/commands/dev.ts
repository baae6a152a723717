/** `npm run dev`: what `npm start` runs, with the sources in place of what is built of them. */
import "#infra/command-line/check-node.ts";
import { runStackCommand } from "../stack-command.ts";

await runStackCommand({
  name: "npm run dev",
  description:
    "Runs Bursar on this machine as npm start does, and serves changes of client/, handlers/ and workflow/ at once. Ctrl-C stops it.",
  hint: "Changes of client/, handlers/ and workflow/ are served at once; after one of infra/ or of the state machine, start again.",
  options: { isLive: true },
});
