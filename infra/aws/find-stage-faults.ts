/** Names of stages that AWS would refuse, or that two stages would share, when half of a deployment is made already. */
import { ALARMS, type AlarmId, alarmSlug } from "#infra/deployment/alarms.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";

/** Refused by Cognito wherever it stands in the address of the sign-in page, which carries the stage. */
const REFUSED_BY_COGNITO = ["aws", "amazon", "cognito"];

/** @returns what is wrong with the name, each fault so that it can follow "stage "; empty: nothing */
export function findStageFaults(stage: string): string[] {
  if (stage === PRODUCTION) return [];
  const words = REFUSED_BY_COGNITO.filter((word) => stage.includes(word));
  return [
    ...words.map((word) => `must not contain "${word}", which Cognito refuses in the sign-in page's address`),
    ...[...functionTails(), ...alarmHeads()]
      .filter(({ shared }) => shared.test(stage))
      .map(({ name }) => `would share the name ${name} with another stage; choose another word`),
  ];
}

interface SharedName {
  name: string;
  /** The stages that come to it. */
  shared: RegExp;
}

/** `bursar-webhook-<stage>` is `bursar-webhook-queue-consumer` for a stage that begins so. */
function functionTails(): SharedName[] {
  const names = Object.values(nameParts(PRODUCTION).functions);
  return names.flatMap((longer) =>
    names
      .filter((shorter) => longer.startsWith(`${shorter}-`))
      .map((shorter) => ({
        name: longer,
        shared: new RegExp(`^${longer.slice(shorter.length + 1)}(-|$)`),
      })),
  );
}

/** `bursar-<stage>-age` would be `bursar-overflow-age` for a stage that ends so. */
function alarmHeads(): SharedName[] {
  const slugs = (Object.keys(ALARMS) as AlarmId[]).map(alarmSlug);
  return slugs.flatMap((longer) =>
    slugs
      .filter((shorter) => longer.endsWith(`-${shorter}`))
      .map((shorter) => ({
        name: `bursar-${longer}`,
        shared: new RegExp(`(^|-)${longer.slice(0, -shorter.length - 1)}$`),
      })),
  );
}
