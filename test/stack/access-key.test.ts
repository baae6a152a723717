import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { credentialsOf, resultOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack } = useRunningStack();

const GUESSED = credentialsOf({ accessKeyId: "local", secretAccessKey: "local" });

test("a command finds the key in the data folder, whatever account the person has", async () => {
  const place = { AWS_ENDPOINT_URL: stack.awsUrl, BURSAR_DATA_DIR: stack.dataDir };
  for (const account of [{}, GUESSED, { AWS_PROFILE: "mine", AWS_SESSION_TOKEN: "of another key" }]) {
    const { code, stderr } = await runNpmCommand("dead-letters", ["list", "--json"], {
      ...place,
      ...account,
    });
    expect([code, stderr]).toEqual([0, ""]);
  }
});

test("without the key it is refused in a sentence that says where the key is", async () => {
  const place = { AWS_ENDPOINT_URL: stack.awsUrl, BURSAR_DATA_DIR: "/nowhere" };
  const { code, stderr } = await runNpmCommand("dead-letters", ["list"], place);
  expect(code).toBe(1);
  expect(stderr.trim()).toMatch(/^The AWS of this machine refuses the key\. .*BURSAR_DATA_DIR/);
});

test("AWS's own tools get in with the exports of the README", async () => {
  const readme = await readFile("infra/local/README.md", "utf8");
  const [, exports = ""] = /```sh\n(export AWS_ENDPOINT_URL[^`]*?)\naws /.exec(readme) ?? [];
  const here = exports
    .replace("http://localhost:4566", stack.awsUrl)
    .replace(/"\$PWD\/\.bursar\/([\w-]+)"/, `"${stack.dataDir}/$1"`);
  expect(here).toContain(stack.dataDir);
  const program = `
    import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
    const { stateMachines } = await new SFNClient({ region: process.env.AWS_DEFAULT_REGION }).send(new ListStateMachinesCommand({}));
    console.log(stateMachines.length);`;
  const run = `${here}\nexec "$0" --input-type=module -e "$1"`;
  const child = spawn("bash", ["-c", run, process.execPath, program], {
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nowhere", ...GUESSED },
  });
  expect((await resultOf(child)).stdout.trim()).toBe("1");
});
