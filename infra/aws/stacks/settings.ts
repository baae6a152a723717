/** What every stack of a deployment is told, and how it is made from that. */
import { type App, Aws, CfnOutput, Stack } from "aws-cdk-lib";
import { type Names, stackName } from "#infra/deployment/names.ts";
import type { Deployment } from "../deployment-context.ts";

export interface StackSettings {
  app: App;
  deployment: Deployment;
  names: Names;
  /** True: deleting the stacks leaves students, courses and enrollments where they are. */
  keepsData: boolean;
}

/** @param part e.g. `Data` */
export function createStack({ app, deployment }: StackSettings, part: string, description: string): Stack {
  return new Stack(app, stackName(deployment.stage, part), {
    description: `Bursar: ${description}`,
    tags: { application: "bursar", stage: deployment.stage },
  });
}

/** For what has one list of names in all regions of an account, so that a stage can be in two of them. */
export const accountWideName = ({ deployment }: Names) => `${deployment}-${Aws.REGION}`;

/** What a deployment prints at its end. */
export const addOutputs = (stack: Stack, outputs: Record<string, string>): CfnOutput[] =>
  Object.entries(outputs).map(([name, value]) => new CfnOutput(stack, name, { value }));
