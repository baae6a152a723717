/** What takes CloudWatch's place, and the switch that makes things go wrong: both are there before what they look at. */
import { createFaults, type Faults } from "../aws/faults.ts";
import { createLambda, type Lambda } from "../aws/lambda.ts";
import { LOCAL_FUNCTIONS } from "../deployed-functions.ts";
import { type MeasuredStack, measureStack } from "../metrics/measured-stack.ts";
import type { StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";

export interface Surroundings {
  measured: MeasuredStack;
  faults: Faults;
  deploy: Lambda;
  close(): void;
}

export const surroundings = (place: StackPlace): Part<Surroundings> => ({
  async start() {
    const measured = measureStack(place, LOCAL_FUNCTIONS);
    const faults = createFaults();
    const deploy = createLambda(faults, (metric) => measured.record(metric));
    return { measured, faults, deploy, close: () => measured.close() };
  },
});
