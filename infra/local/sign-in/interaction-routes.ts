/** The page on which one picks a student, between the client's request to sign in and its answer. */
import express, { type Router } from "express";
import type { Provider } from "oidc-provider";
import * as z from "zod";
import { renderPickerPage } from "./pages.ts";
import type { SignUp, StudentDirectory } from "./students.ts";

const choiceSchema = z.object({ email: z.string().default(""), cancel: z.string().optional() });

export function createInteractionRoutes(
  provider: Provider,
  students: StudentDirectory,
  signUp: SignUp,
): Router {
  const routes = express.Router();

  routes.get("/interaction/:uid", async (request, response) => {
    await provider.interactionDetails(request, response); // throws when this browser is not signing in
    response.send(renderPickerPage({ students: students.listStudents() }));
  });

  routes.post(
    "/interaction/:uid",
    express.urlencoded({ extended: false, limit: "4kb" }),
    async (request, response) => {
      const { email, cancel } = choiceSchema.parse(request.body ?? {});
      if (cancel !== undefined) {
        const refusal = { error: "access_denied", error_description: "The student cancelled." };
        return provider.interactionFinished(request, response, refusal);
      }
      await provider.interactionDetails(request, response);
      const found = await students.signIn(email, signUp).catch(refusalOf);
      if (found && "userId" in found) {
        return provider.interactionFinished(request, response, { login: { accountId: found.userId } });
      }
      const problem = found ?? { message: "Enter an e-mail address like mary@example.com." };
      response
        .status(400)
        .send(renderPickerPage({ students: students.listStudents(), problem: { email, ...problem } }));
    },
  );

  return routes;
}

/** Of the trigger's own refusals Cognito shows the message; what else goes wrong in it is nothing for students. */
const refusalOf = (error: unknown) => ({
  message:
    error instanceof Error && error.name === "SignUpRefused"
      ? error.message
      : "Signing up does not work right now.",
});
