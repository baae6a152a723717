/** The scenarios on moto's interpreter, a program in Python to which Lambda and SQS are answered from here. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { executionArn } from "#infra/local/names.ts";
import type { RecordedEvent } from "../recorded-histories.ts";
import type { Answers, LambdaAnswer, QueueAnswer } from "./answers.ts";
import { executionNameOf, type Runs } from "./runs.ts";
import type { Scenario } from "./scenarios.ts";

const PROGRAM = fileURLToPath(new URL("./run_on_moto.py", import.meta.url));

interface Question {
  execution: string;
  service: "lambda" | "sqs";
  request: { FunctionName: string; Payload: unknown };
}

/**
 * @param programs the folder of the installed Python
 * @param answers of each scenario
 * @throws Error with the program's last words
 */
export async function runOnMoto(
  programs: string,
  definition: string,
  scenarios: Scenario[],
  answers: Answers[],
): Promise<Runs[]> {
  const byName = new Map(answers.map((one, index) => [executionNameOf(index), one]));
  const server = await answerQuestions((question) => answerOne(byName, question));
  const { port } = server.address() as AddressInfo;
  try {
    const executions = scenarios.map(({ input, redrives = 0 }, index) => {
      const name = executionNameOf(index);
      return { name, arn: executionArn(name), input, redrives };
    });
    const job = { definition, answersAt: `http://127.0.0.1:${port}`, executions };
    return withoutReentry(JSON.parse(await runProgram(programs, job)) as Runs[]);
  } finally {
    server.close();
  }
}

async function answerOne(
  byName: Map<string, Answers>,
  { execution, service, request }: Question,
): Promise<LambdaAnswer | QueueAnswer> {
  const answers = byName.get(execution);
  if (!answers) throw new Error(`Nobody knows the execution ${execution}.`);
  return service === "lambda" ? answers.lambda(request) : answers.queue();
}

async function answerQuestions(answer: (question: Question) => Promise<unknown>) {
  const server = createServer((message, response) => {
    void json(message)
      .then((question) => answer(question as Question))
      .then(
        (found) => response.end(JSON.stringify(found)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function runProgram(programs: string, job: object): Promise<string> {
  const python = spawn(`${programs}/python`, [PROGRAM], { stdio: ["pipe", "pipe", "pipe"] });
  python.stdin.end(JSON.stringify(job));
  const [output, words, [code]] = await Promise.all([
    text(python.stdout),
    text(python.stderr),
    once(python, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`moto's interpreter ended with ${code}. It said: ${words.slice(-2000)}`);
  return output;
}

/** A redrive goes on in the state that it stopped in; moto, which has none, has begun and entered it once more. */
const withoutReentry = (all: Runs[]): Runs[] =>
  all.map(({ runs, pauses }) => ({
    runs: runs.map((events: RecordedEvent[], index) => (index === 0 ? events : events.slice(2))),
    pauses,
  }));
