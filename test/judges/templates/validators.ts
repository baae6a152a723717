/** The deployed definition before two validators that others wrote, and both of them before faults that they should find. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import service from "amazon-states-language-service";
import validateAsl from "asl-validator";
import { readDeployedDefinition } from "#test/infra/aws/deployed-definition.ts";
import { synthesiseTemplates } from "#test/infra/aws/synthesise-templates.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { DEFINITION_FAULTS, type Definition } from "./definition-faults.ts";

export async function judgeValidators(): Promise<Verdict> {
  const deployed = synthesiseDefinition();
  const verdict = emptyVerdict("validators");
  const differ = (what: string, theirs: string, ours: string) =>
    verdict.differences.push({ what, theirs, ours });

  for (const [validator, findings] of await validate(deployed)) {
    if (findings.length === 0) verdict.equal += 1;
    else differ(`the deployed definition, by ${validator}`, findings.join("; "), "is deployed");
  }
  for (const { fault, plant } of DEFINITION_FAULTS) {
    const spoiled = structuredClone(deployed);
    plant(spoiled, (name) => {
      const state = spoiled.States[name];
      if (!state) throw new Error(`The definition has no state ${name}.`);
      return state;
    });
    const findings = (await validate(spoiled)).flatMap(([, found]) => found);
    if (findings.length > 0) verdict.equal += 1;
    else differ(`a fault that no validator finds: ${fault}`, "found by neither", "a fault");
  }
  return verdict;
}

function synthesiseDefinition(): Definition {
  const directory = mkdtempSync(path.join(tmpdir(), "bursar-templates-"));
  try {
    const resources = Object.values(synthesiseTemplates(directory, [])).flatMap(({ Resources }) =>
      Object.values(Resources),
    );
    const stateMachine = resources.find(({ Type }) => Type === "AWS::StepFunctions::StateMachine");
    if (!stateMachine) throw new Error("No state machine is deployed.");
    return readDeployedDefinition(directory, stateMachine) as unknown as Definition;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const languageService = service.getLanguageService({});

/** @returns each validator's name and what it finds */
async function validate(definition: Definition): Promise<[validator: string, findings: string[]][]> {
  const text = JSON.stringify(definition, null, 2);
  const document = service.TextDocument.create("file:///definition.asl", "asl", 1, text);
  const diagnostics = await languageService.doValidation(
    document,
    languageService.parseJSONDocument(document),
  );
  const { errors } = validateAsl(definition);
  return [
    ["amazon-states-language-service", diagnostics.map(({ message }) => JSON.stringify(message))],
    ["asl-validator", errors.map((error) => JSON.stringify(error))],
  ];
}
