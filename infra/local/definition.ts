/** The one definition of the state machine, with its placeholders filled in for this machine. */
import { readFile } from "node:fs/promises";
import { DEAD_LETTER_QUEUE_NAME, functionArn, queueUrl } from "./names.ts";

export const STEP_FUNCTION_ARNS = {
  ValidateSessionFunctionArn: functionArn("bursar-validate-session"),
  WriteEnrollmentFunctionArn: functionArn("bursar-write-enrollment"),
  LinkCustomerFunctionArn: functionArn("bursar-link-customer"),
  CloseCheckoutFunctionArn: functionArn("bursar-close-checkout"),
} as const;

const source = new URL("../../workflow/enrollment.asl.json", import.meta.url);

/** @returns the definition's text, as Step Functions would get it */
export async function readDefinition(awsUrl: string): Promise<string> {
  const substitutions: Record<string, string> = {
    ...STEP_FUNCTION_ARNS,
    DeadLetterQueueUrl: queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME),
  };
  const text = await readFile(source, "utf8");
  return text.replaceAll(/\$\{(\w+)\}/g, (_placeholder, name: string) => {
    const value = substitutions[name];
    if (!value) throw new Error(`enrollment.asl.json asks for \${${name}}, which nothing provides`);
    return value;
  });
}
