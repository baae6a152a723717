/** Calls beside grants, by the policy engine and the list of IAM's actions of somebody else. */
import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { installPython } from "../../tools/python.ts";
import type { Difference } from "../../verdict.ts";
import type { Call } from "./calls.ts";

interface Asked {
  name: string;
  calls: Call[];
  grants: Call[];
}

const SCRIPT = fileURLToPath(new URL("./permits.py", import.meta.url));

/** @returns how many calls and grants belong together, and what belongs to nothing */
export async function compareWithGrants(
  asked: Asked[],
): Promise<{ equal: number; differences: Difference[] }> {
  const questions = asked.flatMap(({ name, calls, grants }) => [
    ...distinct(calls).map((call) => missing(name, call, grants)),
    ...distinct(grants).flatMap((grant) => [spare(name, grant, calls), ...wide(name, grant)]),
  ]);
  const answers = await ask(questions.flatMap(({ needs }) => needs));
  let at = 0;
  const failed = questions.flatMap(({ needs, isWell, difference }) => {
    const own = answers.slice(at, (at += needs.length));
    return isWell(own) ? [] : [difference];
  });
  return { equal: questions.length - failed.length, differences: failed };
}

interface Question {
  needs: object[];
  isWell: (answers: boolean[]) => boolean;
  difference: Difference;
}

const all = (answers: boolean[]) => answers.every(Boolean);
const any = (answers: boolean[]) => answers.some(Boolean);

/** A call that the role does not permit; or that no such action, or none on such a resource, is known to IAM. */
const missing = (name: string, { action, resource }: Call, grants: Call[]): Question => ({
  needs: [
    { ask: "permits", grants: grants.map(toStatement), action, resource },
    { ask: "takes", action, resource },
  ],
  isWell: all,
  difference: {
    what: `${name} lacks ${action} on ${resource}`,
    theirs: "refused",
    ours: "called",
  },
});

/** A grant that permits none of the calls. */
const spare = (name: string, grant: Call, calls: Call[]): Question => ({
  needs: calls.map((call) => ({ ask: "permits", grants: [toStatement(grant)], ...call })),
  isWell: any,
  difference: {
    what: `${name} has ${grant.action} on ${grant.resource} to spare`,
    theirs: "permitted",
    ours: "not called",
  },
});

/** A grant that permits more than can be named. */
const wide = (name: string, { action, resource }: Call): Question[] =>
  /[*?]/.test(action + resource)
    ? [
        {
          needs: [],
          isWell: () => false,
          difference: {
            what: `${name} may ${action} ${resource}`,
            theirs: "a wildcard",
            ours: "what was called",
          },
        },
      ]
    : [];

const toStatement = ({ action, resource }: Call) => ({ Action: action, Resource: resource });

const distinct = (calls: Call[]): Call[] => [
  ...new Map(calls.map((call) => [`${call.action} ${call.resource}`, call])).values(),
];

/** @throws Error with what Python says */
async function ask(questions: object[]): Promise<boolean[]> {
  const python = path.join(await installPython(), "python");
  return new Promise((resolve, reject) => {
    const asked = execFile(python, [SCRIPT], { maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error) reject(error);
      else resolve(JSON.parse(stdout) as boolean[]);
    });
    asked.stdin?.end(JSON.stringify(questions));
  });
}
