/** `npm run --silent token -- ada@example.com`: an access token of the running stack, for curl. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { OIDC_CLIENT_ID } from "../names.ts";
import { readLocalSettings } from "../settings.ts";
import { requestAccessToken } from "../sign-in/request-access-token.ts";

const program = new Command("npm run --silent token --")
  .description("Signs in at the running stack and prints the student's access token.")
  .argument("<email>", "whose token: ada@example.com, grace@example.com, alan@example.com or any other")
  .option("--json", "print the token with its lifetime in seconds as JSON");

await runCommand(program, async (options: { json?: boolean }, email = "") => {
  const { ports } = readLocalSettings(process.env);
  const { accessToken, expiresIn } = await requestAccessToken({
    issuerUrl: `http://localhost:${ports.signIn}`,
    clientId: OIDC_CLIENT_ID,
    redirectUri: `http://localhost:${ports.http}/sign-in/callback`,
    email,
  });
  if (options.json) printJson({ accessToken, expiresIn });
  else print(accessToken);
});
