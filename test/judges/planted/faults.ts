/** All planted faults. */
import { API_FAULTS } from "./api-faults.ts";
import { AWS_CLIENTS_FAULTS } from "./aws-clients-faults.ts";
import { DEPLOYED_DEFINITION_FAULTS } from "./deployed-definition-faults.ts";
import { MOTO_FAULTS } from "./moto-faults.ts";
import { OPERATIONS_FAULTS } from "./operations-faults.ts";
import type { PlantedFault } from "./planted-fault.ts";
import { RECORDED_CALLS_FAULTS } from "./recorded-calls-faults.ts";
import { STEP_FUNCTIONS_FAULTS } from "./step-functions-faults.ts";
import { STRIPE_FAULTS } from "./stripe-faults.ts";
import { TEMPLATES_FAULTS } from "./templates-faults.ts";
import { TEST_STATE_FAULTS } from "./test-state-faults.ts";

export const FAULTS: PlantedFault[] = [
  ...STEP_FUNCTIONS_FAULTS,
  ...DEPLOYED_DEFINITION_FAULTS,
  ...OPERATIONS_FAULTS,
  ...TEST_STATE_FAULTS,
  ...AWS_CLIENTS_FAULTS,
  ...TEMPLATES_FAULTS,
  ...RECORDED_CALLS_FAULTS,
  ...STRIPE_FAULTS,
  ...API_FAULTS,
  ...MOTO_FAULTS,
];
