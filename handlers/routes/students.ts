/** The signed-in student. */
import { Router } from "express";
import type { StudentAnswer } from "#workflow/contract.ts";
import type { StudentStore } from "#workflow/ports/stores.ts";
import { signedInStudent } from "./signed-in-student.ts";

export function studentRoutes({ students, now }: { students: StudentStore; now: () => Date }): Router {
  const router = Router();

  router.get("/me", async (request, response) => {
    const answer: StudentAnswer = { student: await students.ensureStudent(signedInStudent(request, now())) };
    response.json(answer);
  });

  return router;
}
