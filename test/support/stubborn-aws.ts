/** An AWS on this machine that says what a test tells it to, refuses all else, and remembers what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** What an operation is answered with; `hang` takes the request and never answers, an error is one of AWS's. */
type Answer = "hang" | { error: string; message?: string } | { json: object } | { xml: string };

interface StubbornAws {
  url: string;
  /** What was asked, in order: `DescribeTable bursar-education`, `GET /2016-08-19/account-settings`. */
  asked: string[];
  /** By how what is asked begins; may be changed at any time. */
  answers: Record<string, Answer>;
  /** Where it is and who asks, for a command's environment. */
  environment: Record<string, string>;
}

/** For programs that first ask who they are. */
export const CALLER_IDENTITY: Record<string, Answer> = {
  GetCallerIdentity: {
    xml: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>arn:aws:iam::123456789012:user/ada</Arn><UserId>ada</UserId><Account>123456789012</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`,
  },
};

/** Stops by itself after the file's tests. */
export async function startStubbornAws(answers: Record<string, Answer> = {}): Promise<StubbornAws> {
  const aws: StubbornAws = { url: "", asked: [], answers, environment: {} };
  const server = createServer((request, response) => void answerTo(request, response));
  const answerTo = async (request: IncomingMessage, response: ServerResponse) => {
    const { name, isJson } = await read(request);
    aws.asked.push(name);
    const [, answer = { error: "AccessDenied" }] =
      Object.entries(aws.answers).find(([beginning]) => name.startsWith(beginning)) ?? [];
    if (answer === "hang") return;
    const { status, type, body } = write(answer, isJson);
    response.writeHead(status, {
      "content-type": type,
      ...("error" in answer && { "x-amzn-errortype": answer.error }),
    });
    response.end(body);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  aws.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  aws.environment = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "stub",
    AWS_SECRET_ACCESS_KEY: "stub",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return aws;
}

/** Three protocols: JSON with the operation in a header, a form with it in `Action`, and paths. */
async function read(request: IncomingMessage): Promise<{ name: string; isJson: boolean }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const target = String(request.headers["x-amz-target"] ?? "");
  if (target)
    return { name: named(target.split(".").at(-1) ?? "", Object.values(JSON.parse(body))), isJson: true };
  const form = new URLSearchParams(body);
  const action = form.get("Action");
  if (action) {
    form.delete("Action");
    form.delete("Version");
    return { name: named(action, [...form.values()]), isJson: false };
  }
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  return {
    name: `${request.method} ${pathname}`,
    isJson: !/cloudfront|^\/20(20|19|18)-\d\d-\d\d\/distribution/.test(pathname),
  };
}

const named = (operation: string, values: unknown[]) => [operation, ...values.flatMap(textsIn)].join(" ");

const textsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

function write(answer: Exclude<Answer, "hang">, isJson: boolean) {
  if ("json" in answer) return { status: 200, type: "application/json", body: JSON.stringify(answer.json) };
  if ("xml" in answer) return { status: 200, type: "text/xml", body: answer.xml };
  const { error, message = "the stub says so" } = answer;
  if (isJson)
    return { status: 400, type: "application/json", body: JSON.stringify({ __type: error, message }) };
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status: 400, type: "text/xml", body };
}
