/** The students' API: Express behind one Lambda. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import express from "express";
import serverless from "serverless-http";
import { type ApiPorts, composeApi } from "./api-composition.ts";
import { apiSettings, readSettings } from "./config.ts";
import { answerInTime } from "./routes/answer-in-time.ts";
import { checkoutRoutes } from "./routes/checkout.ts";
import { coursePageRoutes } from "./routes/course-page.ts";
import { courseRoutes } from "./routes/courses.ts";
import { cspReportRoutes } from "./routes/csp-reports.ts";
import { enrollmentRoutes } from "./routes/enrollments.ts";
import { answerError, answerNotFound } from "./routes/errors.ts";
import { purchaseRoutes } from "./routes/purchases.ts";
import { studentRoutes } from "./routes/students.ts";
import { DOCUMENT_CACHE, keepNothing } from "./routes/who-may-keep.ts";
import { inRequest } from "./telemetry.ts";

export function createApi(ports: ApiPorts) {
  const app = express();
  app.disable("x-powered-by");
  app.use(answerInTime);
  app.use(keepNothing);
  app.use(express.json({ limit: "32kb" }));
  app.get("/api/health", (_request, response) => {
    response.json({ status: "ok" });
  });
  // Loaded late: few ask for it, and each cold start would pay for it.
  app.get("/api/openapi.json", async (_request, response) => {
    const { describeApi } = await import("./openapi/document.ts");
    response.set("cache-control", DOCUMENT_CACHE).json(describeApi(ports.clientUrl));
  });
  app.use("/api/courses", courseRoutes(ports));
  app.use("/api/students", studentRoutes(ports));
  app.use("/api/enrollments", enrollmentRoutes(ports));
  app.use("/api/checkout", checkoutRoutes(ports));
  app.use("/api/purchases", purchaseRoutes(ports));
  app.use("/api/csp-reports", cspReportRoutes(ports));
  app.use("/courses", coursePageRoutes(ports));
  app.use(answerNotFound);
  app.use(answerError);

  const respond = serverless(app);
  return async (
    event: APIGatewayProxyEventV2,
    context: Context,
  ): Promise<APIGatewayProxyStructuredResultV2> =>
    inRequest(event.requestContext.requestId, async () => respond(event, context));
}

export const handler = createApi(composeApi(readSettings(apiSettings, process.env)));
