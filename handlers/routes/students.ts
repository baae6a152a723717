/** The signed-in student. */
import { Router } from "express";
import type { StudentAnswer } from "#workflow/contract.ts";
import { type FollowClaimsPorts, followClaims } from "#workflow/students/follow-claims.ts";
import { onCustomerBehind, signedInStudent } from "./signed-in-student.ts";

export function studentRoutes(ports: Omit<FollowClaimsPorts, "onCustomerBehind">): Router {
  const router = Router();

  router.get("/me", async (request, response) => {
    const claimed = signedInStudent(request, ports.now());
    const student = await followClaims(claimed, { ...ports, onCustomerBehind });
    const answer: StudentAnswer = { student };
    response.json(answer);
  });

  return router;
}
