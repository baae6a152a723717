/** The requests behind the recorded answers about revisions and versions. Names that no recording has prepare what it found. */
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { asked, revised, versionArn } from "./ask-releases.ts";
import { PASS, type RecordedTest } from "./requests.ts";

export const RECORDED_VERSIONS: Record<string, RecordedTest> = {
  test_create_publish_describe_no_version_description: asked(({ publish, describe }) => ({
    published: publish(),
    describe_resp_version: describe(versionArn(1)),
    describe_resp: describe(STATE_MACHINE_ARN),
  })),
  test_update_state_machine: asked(({ update, versions }) => ({
    update_resp_1: update({ definition: revised(1), publish: true }),
    list_versions_resp_1: versions(),
    update_resp_2: update({ definition: revised(2), publish: true }),
    list_versions_resp_2: versions(),
  })),
  test_publish_state_machine_version: asked(({ update, publish, versions, describe }) => {
    const revisions: (string | undefined)[] = [];
    const revise = (number: number) => async () => {
      const answer = await update({ definition: revised(number) })();
      revisions.push(answer.revisionId);
      return answer;
    };
    return {
      update_resp_1: revise(1),
      publish_v1: () => publish({ ...(revisions[0] && { revisionId: revisions[0] }) })(),
      list_versions_resp_1: versions(),
      describe_v1: describe(versionArn(1)),
      update_resp_2: revise(2),
      publish_v2: publish({ description: "PublishedV2Description" }),
      list_versions_resp_2: versions(),
      describe_v2: describe(versionArn(2)),
      update_resp_3: revise(3),
      conflict_exception: () => publish({ ...(revisions[1] && { revisionId: revisions[1] }) })(),
    };
  }),
  test_start_version_execution: asked(({ publish, start, list }, name) => ({
    published: publish(),
    execution_resp: start(STATE_MACHINE_ARN, name),
    exec_list_resp: list(STATE_MACHINE_ARN),
    execution_version_resp: start(versionArn(1), `${name}-v`),
    exec_version_list_resp: list(versionArn(1)),
  })),
  test_list_delete_version: asked(({ publish, describe, versions, removeVersion }) => ({
    published: publish(),
    describe_resp_version: describe(versionArn(1)),
    list_versions_resp_1: versions(),
    delete_version_resp: removeVersion(1),
    list_versions_resp_2: versions(),
    delete_version_resp_after_del: removeVersion(1),
  })),
  test_version_ids_between_deletions: asked(({ publish, update, removeVersion }) => ({
    published: publish(),
    revised: update({ definition: revised(2) }),
    publishedToo: publish(),
    deleted: removeVersion(2),
    publish_res_v2_2: publish(),
  })),
  test_idempotent_publish: asked(({ publish, versions }) => ({
    publish_v1_1: publish(),
    publish_v1_2: publish(),
    list_versions_resp: versions(),
  })),
  test_empty_revision_with_publish_and_no_publish_on_creation: asked(({ update }) => ({
    update_resp_1: update({ definition: PASS, publish: true }),
    update_resp_2: update({ definition: PASS, publish: true }),
  })),
  test_empty_revision_with_publish_and_publish_on_creation: asked(({ publish, update }) => ({
    published: publish(),
    update_resp_1: update({ definition: PASS, publish: true }),
    update_resp_2: update({ definition: PASS, publish: true }),
  })),
  test_describe_state_machine_for_execution_of_version: asked(({ publish, start, describeFor }, name) => ({
    published: publish(),
    execution_resp: start(versionArn(1), name),
    describe_resp: describeFor(name),
  })),
  test_describe_state_machine_for_execution_of_version_with_revision: asked(
    ({ update, start, describeFor }, name) => ({
      update_resp: update({ definition: revised(2), publish: true }),
      execution_resp: start(versionArn(1), name),
      describe_resp: describeFor(name),
    }),
  ),
  test_publish_state_machine_version_invalid_arn: asked(({ publish }) => ({
    exception: publish({ stateMachineArn: "invalid_arn" }),
  })),
  test_list_state_machine_versions_pagination: asked(({ update, versions }) => {
    let nextToken: string | undefined;
    return {
      ...Object.fromEntries(
        Array.from({ length: 13 }, (_one, index) => [
          `published ${index}`,
          update({ definition: revised(index + 1), publish: true }),
        ]),
      ),
      "list-state-machine-versions-page-1": async () => {
        const page = await versions({ maxResults: 10 })();
        ({ nextToken } = page);
        return page;
      },
      "list-state-machine-versions-page-2": () => versions({ maxResults: 10, nextToken })(),
      "list-state-machine-versions-invalid-param-too-large": versions({ maxResults: 1001 }),
      "list-state-machine-versions-invalid-param-long-nextToken": versions({ nextToken: "x".repeat(1025) }),
    };
  }),
  test_create_update_state_machine_base_update_none: asked(({ update }) => ({
    missing_required_parameter: update({}),
  })),
};
