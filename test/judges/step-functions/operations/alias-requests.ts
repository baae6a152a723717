/** The requests behind the recorded answers about aliases. Names that no recording has prepare what it found. */
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { ALIAS, aliasArn, asked, revised, to, versionArn } from "./ask-releases.ts";
import type { RecordedTest, Requests } from "./requests.ts";

const DESCRIPTION = { description: "create state machine alias description" };

/** What the recording has made three of, one after the other. */
const three = (make: (number: number) => Requests): Requests =>
  Object.assign({}, ...[0, 1, 2].map(make)) as Requests;

export const RECORDED_ALIASES: Record<string, RecordedTest> = {
  test_base_create_alias_single_router_config: asked(({ publish, createAlias }) => ({
    published: publish(),
    create_state_machine_alias_response: createAlias(DESCRIPTION),
  })),
  test_error_create_alias_with_state_machine_arn: asked(({ publish, createAlias }) => ({
    published: publish(),
    exception: createAlias({
      routingConfiguration: [{ stateMachineVersionArn: STATE_MACHINE_ARN, weight: 100 }],
    }),
  })),
  test_error_create_alias_not_idempotent: asked(({ publish, update, createAlias }) => ({
    published: publish(),
    publishedToo: update({ definition: revised(2), publish: true }),
    create_state_machine_alias_response: createAlias(DESCRIPTION),
    not_idempotent_description: createAlias({ description: "another" }),
    not_idempotent_routing_configuration: createAlias({
      ...DESCRIPTION,
      routingConfiguration: to([1, 50], [2, 50]),
    }),
  })),
  test_error_create_alias_invalid_router_configs: asked(({ publish, update, createAlias }) => {
    const routed = (routingConfiguration: ReturnType<typeof to>) => createAlias({ routingConfiguration });
    return {
      published: publish(),
      publishedToo: update({ definition: revised(2), publish: true }),
      published3: update({ definition: revised(3), publish: true }),
      too_many_routing: routed(to([1, 50], [2, 30], [3, 20])),
      duplicate_routing: routed(to([1, 50], [1, 50])),
      invalid_arn: routed([{ stateMachineVersionArn: STATE_MACHINE_ARN, weight: 70 }, ...to([2, 30])]),
      weight_too_large: routed(to([1, 101])),
      sum_weights_less_than_100: routed(to([1, 70], [2, 29])),
      sum_weights_more_than_100: routed(to([1, 70], [2, 31])),
    };
  }),
  test_error_create_alias_invalid_name: asked(({ publish, createAlias }) => ({
    published: publish(),
    ...Object.fromEntries(
      ["123", "A".repeat(81), "INVALID ALIAS", "!INVALID", "ALIAS@"].map((name) => [
        `exception_for_name${name}`,
        createAlias({ name }),
      ]),
    ),
  })),
  test_base_lifecycle_create_delete_list: asked(({ publish, createAlias, removeAlias, aliases }) => {
    const named = (number: number) => `state_machine_alias_base_name-${number}`;
    return {
      published: publish(),
      list_state_machine_aliases_response_empty: aliases(),
      ...three((number) => ({
        [`create_state_machine_alias_response_num_${number}`]: createAlias({ name: named(number) }),
        [`list_state_machine_aliases_response_after_creation_${number}`]: aliases(),
      })),
      ...three((number) => ({
        [`delete_state_machine_alias_response_${number}`]: removeAlias(named(number)),
        [`list_state_machine_aliases_response_after_deletion_${number}`]: aliases(),
      })),
    };
  }),
  test_base_lifecycle_create_invoke_describe_list: asked(
    ({ publish, createAlias, aliases, start, describeExecution, list }, name) => ({
      published: publish(),
      list_state_machine_aliases_response_empty: aliases(),
      create_state_machine_alias_response: createAlias(),
      start_execution_response_through_alias: start(aliasArn(ALIAS), name),
      describe_execution_response_through_alias: describeExecution(name),
      start_execution_response_through_version_arn: start(versionArn(1), `${name}-v`),
      describe_execution_response_through_version_arn: describeExecution(`${name}-v`),
      list_executions_response: list(STATE_MACHINE_ARN),
    }),
  ),
  test_base_lifecycle_create_update_describe: asked(
    ({ publish, update, createAlias, updateAlias, describeAlias }) => ({
      published: publish(),
      publishedToo: update({ definition: revised(2), publish: true }),
      create_state_machine_alias_response: createAlias(DESCRIPTION),
      update_state_machine_alias_description_response: updateAlias({ description: "new description" }),
      describe_state_machine_alias_update_description_response: describeAlias,
      update_state_machine_alias_routing_configuration_response: updateAlias({
        routingConfiguration: to([1, 50], [2, 50]),
      }),
      describe_state_machine_alias_update_routing_configuration_response: describeAlias,
    }),
  ),
  test_delete_version_with_alias: asked(
    ({ publish, update, createAlias, removeVersion, updateAlias, describeAlias }) => ({
      published: publish(),
      publishedToo: update({ definition: revised(2), publish: true }),
      create_state_machine_alias_response: createAlias(DESCRIPTION),
      exception_delete_version_with_alias_reference: removeVersion(1),
      led: updateAlias({ routingConfiguration: to([2, 100]) }),
      describe_state_machine_alias_response: describeAlias,
      delete_version_response: removeVersion(1),
    }),
  ),
  test_delete_no_such_alias_arn: asked(({ publish, createAlias, removeAlias }) => ({
    published: publish(),
    create_state_machine_alias_response: createAlias(),
    delete_state_machine_alias_response: removeAlias("no_such_alias"),
  })),
  test_update_no_such_alias_arn: asked(({ publish, createAlias, updateAlias }) => ({
    published: publish(),
    create_state_machine_alias_response: createAlias(),
    update_no_such_alias_arn: updateAlias({ description: "x" }, "no_such_alias"),
  })),
  test_list_state_machine_aliases_pagination_invalid_next_token: asked(
    ({ publish, createAlias, aliases }) => ({
      published: publish(),
      create_state_machine_alias_response: createAlias(),
      invalidTokenException: aliases({ nextToken: "Invalid token" }),
    }),
  ),
  test_list_state_machine_aliases_pagination_max_results_1_next_token: asked(
    ({ publish, createAlias, aliases }) => {
      let nextToken: string | undefined;
      return {
        published: publish(),
        ...three((number) => ({
          [`create_state_machine_alias_response-${number + 1}`]: createAlias({
            name: `AliasName-${number + 1}`,
          }),
        })),
        list_state_machine_aliases_max_results_1_response: async () => {
          const page = await aliases({ maxResults: 1 })();
          ({ nextToken } = page);
          return page;
        },
        list_state_machine_aliases_next_token_response: () => aliases({ ...(nextToken && { nextToken }) })(),
      };
    },
  ),
};
