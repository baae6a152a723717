/** What takes CloudWatch's place, the switch that makes things go wrong, and who has an account: there before all that look. */
import { createFaults, type Faults } from "../aws/faults.ts";
import { createLambda, type Lambda } from "../aws/lambda.ts";
import { LOCAL_FUNCTIONS } from "../deployed-functions.ts";
import { type MeasuredStack, measureStack } from "../metrics/measured-stack.ts";
import { SEEDED_STUDENTS } from "../seeded-students.ts";
import { createStudentDirectory, type StudentDirectory } from "../sign-in/students.ts";
import type { StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";

export interface Surroundings {
  measured: MeasuredStack;
  faults: Faults;
  deploy: Lambda;
  /** The user pool's, which the sign-in and its API both look into. */
  students: StudentDirectory;
  close(): void;
}

export const surroundings = (place: StackPlace): Part<Surroundings> => ({
  async start() {
    const measured = measureStack(place, LOCAL_FUNCTIONS);
    const faults = createFaults();
    const deploy = createLambda(faults, (metric) => measured.record(metric));
    const students = createStudentDirectory(SEEDED_STUDENTS);
    return { measured, faults, deploy, students, close: () => measured.close() };
  },
});
