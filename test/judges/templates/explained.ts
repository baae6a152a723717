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
  {
    what: /^(bursar-[\w-]+) (has|may) logs:(CreateLogStream|PutLogEvents) (on )?\S+:log-group:\/aws\/lambda\/\1:\*( to spare)?$/,
    why: "Lambda itself writes a function's log, under the function's role.",
  },
  {
    what: /^bursar-webhook-queue-consumer has sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes) on \S+:bursar-webhook-queue to spare$/,
    why: "Lambda itself empties the queue, under the role of the function that it invokes.",
  },
  {
    what: /^bursar-[\w-]+ may states:(Redrive|Describe)Execution \S+:execution:bursar-enrollment:\*$/,
    why: "Executions are named after events that are yet to come; they are all of the one state machine.",
  },
  {
    what: /^bursar-[\w-]+ may secretsmanager:GetSecretValue \S+:secret:learnermax\/(stripe|signing-secret)-\?{6}$/,
    why: "Secrets Manager chooses the six characters after a secret's name when it makes it.",
  },
  {
    what: /^bursar-close-checkout lacks dynamodb:GetItem on \S+:table\/bursar-education$/,
    why: "After a lost answer it asks whether its write stands; it cannot know, and what follows is the same.",
  },
  {
    what: /^Bursar-(Operations|Workflow): AWS::CloudWatch::Alarm \w+ is made$/,
    why: "All of ours are over metric math, which ministack refuses.",
  },
  {
    what: /^Bursar-(Identity: AWS::Cognito::ManagedLoginBranding|Workflow: AWS::StepFunctions::StateMachine(Alias|Version)) \w+ is made$/,
    why: "It is a type of resource that ministack does not know.",
  },
  {
    what: /^Bursar-(Api: Custom::Trigger|Client: Custom::CDKBucketDeployment|Site: Custom::S3AutoDeleteObjects) \w+ is made$/,
    why: "The CDK makes it by a function of its own, and ministack's functions do not run here.",
  },
];
