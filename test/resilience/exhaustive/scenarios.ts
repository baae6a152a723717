/** What is explored in full: a few deliveries, crashes, redrives, sweeps and decisions, in every order. */
import { readShippedParts } from "../simulation/parts.ts";
import { RECEIVER, type Scenario } from "./scenario.ts";

export function readScenarios(): Scenario[] {
  const parts = readShippedParts();
  const moved = { kind: "transferred", to: RECEIVER } as const;
  const withdrawn = { kind: "withdrawn" } as const;
  return [
    ...readDeliveryScenarios(),
    {
      parts,
      name: "withdrawn while it is delivered, with a crash",
      deliveries: "once",
      decisions: [withdrawn],
      crashes: 1,
      redrives: 0,
    },
    {
      parts,
      name: "moved while it is redriven",
      deliveries: "once",
      courseMissing: true,
      decisions: [moved],
      crashes: 0,
      redrives: 1,
    },
    {
      parts,
      name: "moved while a sweep looks",
      deliveries: "once",
      isEnrolledBefore: true,
      decisions: [moved],
      sweeps: 1,
      crashes: 0,
      redrives: 0,
    },
    {
      parts,
      name: "moved to who pays for the same course",
      deliveries: "two students",
      isEnrolledBefore: true,
      decisions: [moved],
      crashes: 0,
      redrives: 0,
    },
    {
      parts,
      name: "two operators decide at once",
      deliveries: "once",
      isEnrolledBefore: true,
      decisions: [moved, withdrawn],
      crashes: 0,
      redrives: 0,
    },
    {
      parts,
      name: "moved, with a crash at every point",
      deliveries: "once",
      isEnrolledBefore: true,
      decisions: [moved],
      crashes: 1,
      redrives: 0,
    },
  ];
}

/** Two deliveries, one crash and one redrive, of everything that two deliveries can be. */
function readDeliveryScenarios(): Scenario[] {
  const common = { parts: readShippedParts(), crashes: 1, redrives: 1 };
  return [
    { ...common, name: "one event, delivered twice", deliveries: "same event" },
    {
      ...common,
      name: "one event twice; the course is missing, then mended",
      deliveries: "same event",
      courseMissing: true,
    },
    { ...common, name: "two sessions paid for one course", deliveries: "two sessions" },
  ];
}
