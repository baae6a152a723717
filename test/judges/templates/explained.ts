/** What is known of the templates and the definition, and why it stands. */
import type { Explanation } from "../explained.ts";

export const TEMPLATES_EXPLAINED: Explanation[] = [
  {
    what: /^W3005 .*: Resources\.\w+\.DependsOn\.\d+ on a role$/,
    why: "The CDK lets a function wait for its role's policies, and writes the role itself beside them.",
  },
  {
    what: /^a fault that no validator finds: States\.ALL stands (beside another error|before another retrier)$/,
    why: "Neither validator knows where States.ALL may stand; the test of the definition does.",
  },
  {
    what: /^a fault that no validator finds: a path stands under a name without \.\$$/,
    why: "It is a text as good as any to a validator; the simulation and the local engine run the definition.",
  },
];
