/** The one address that students see: `/api` and pages of courses are API Gateway with its Lambda functions, everything else is the client. */
import { createServer, type Server } from "node:http";
import { closeServer, isLoopbackHost, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { type ApiGatewayOptions, createApiGateway } from "./api-gateway.ts";
import { type ClientSiteOptions, createClientSite, pageHeaders } from "./client-site.ts";
import { sendMessage } from "./gateway-result.ts";

interface HttpApiOptions extends ApiGatewayOptions {
  /** 0 means any free port. */
  port: number;
  client: ClientSiteOptions;
  /** Instead of a new one. */
  server?: Server | undefined;
}

export interface HttpApi {
  /** `http://localhost:<port>` */
  url: string;
  port: number;
  close(): Promise<void>;
}

const isForApi = (url = "") => /^\/api(?:[/?]|$)/.test(url);
const isPageOfApi = (url = "") => /^\/courses\/[^?]/.test(url);

/** @throws the operating system's error when the port is taken (`EADDRINUSE`) */
export async function startHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const answerApi = createApiGateway(options);
  const answerPage = createClientSite(options.client);
  const { server = createServer() } = options;
  server.on("request", (request, response) => {
    if (!isLoopbackHost(request.headers.host)) {
      sendMessage(response, 421, "This server only answers to localhost.");
    } else if (isForApi(request.url)) {
      void answerApi(request, response);
    } else if (isPageOfApi(request.url)) {
      response.setHeaders(pageHeaders(options.client));
      void answerApi(request, response);
    } else {
      answerPage(request, response);
    }
  });
  const port = await listenOnLoopback(server, options.port);
  return { url: `http://localhost:${port}`, port, close: () => closeServer(server) };
}
