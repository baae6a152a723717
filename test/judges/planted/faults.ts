/** All planted faults. */
import type { PlantedFault } from "./planted-fault.ts";
import { STEP_FUNCTIONS_FAULTS } from "./step-functions-faults.ts";

export const FAULTS: PlantedFault[] = [...STEP_FUNCTIONS_FAULTS];
