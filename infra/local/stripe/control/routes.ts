/** `/_bursar/`: the knobs, what became of every event, and rehearsals. Not part of Stripe's API. */
import express, { Router } from "express";
import type { State } from "../state.ts";
import { eventControls } from "./events.ts";
import { knobsSchema } from "./knobs.ts";
import { readBody } from "./read-body.ts";
import { rehearsals } from "./rehearsals.ts";

export function controlRoutes(state: State, onKnobs: () => void): Router {
  const { knobs } = state;
  const router = Router().use(express.json());

  router.get("/health", (_request, response) => void response.json({ status: "ok" }));

  router.get("/knobs", (_request, response) => void response.json(knobs));

  router.post("/knobs", (request, response) => {
    Object.assign(knobs, readBody(knobsSchema.partial(), request));
    onKnobs();
    response.json(knobs);
  });

  router.use("/events", eventControls(state));
  router.use(rehearsals(state));
  return router;
}
