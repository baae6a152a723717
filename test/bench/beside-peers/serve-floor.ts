/** The floor of all: a bare server that checks the signature and asks for the execution, unsigned and by hand. */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { Stripe } from "stripe";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const { STATE_MACHINE_ARN = "", STRIPE_WEBHOOK_SECRET = "", AWS_ENDPOINT_URL = "", PORT } = process.env;

createServer((asked, response) => {
  const parts: Buffer[] = [];
  asked.on("data", (part: Buffer) => parts.push(part));
  asked.on("end", () => start(asked, Buffer.concat(parts), response));
}).listen(Number(PORT), "127.0.0.1");

function start({ headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const signature = headers["stripe-signature"] ?? "";
  const { id, data } = Stripe.webhooks.constructEvent(body, signature, STRIPE_WEBHOOK_SECRET);
  const input = JSON.stringify(data.object);
  const options = {
    method: "POST",
    agent,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSStepFunctions.StartExecution",
    },
  };
  request(AWS_ENDPOINT_URL, options, (answer) => {
    answer.resume().on("end", () => response.writeHead(answer.statusCode ?? 500).end());
  }).end(JSON.stringify({ stateMachineArn: STATE_MACHINE_ARN, name: id, input }));
}
