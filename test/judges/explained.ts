/** Differences that are known, with the reason why they stand. A new one is mended, or it is explained here. */

import { API_EXPLAINED } from "./api/explained.ts";
import { CLIENTS_EXPLAINED } from "./clients/explained.ts";
import { STRIPE_EXPLAINED } from "./stripe/explained.ts";
import { TEMPLATES_EXPLAINED } from "./templates/explained.ts";

export interface Explanation {
  what: RegExp;
  why: string;
}

export const EXPLAINED: Explanation[] = [
  {
    what: /test_invalid_jsonpath\[/,
    why: "The engine tells in other words that a path finds nothing; the error's name, which decides, is the same.",
  },
  {
    what: /test_wait_timestamp_path/,
    why: "The recording hides the instant that was waited for.",
  },
  {
    what: /test_start_large_input/,
    why: "The recording hides the input, which was larger than a state may hand on.",
  },
  {
    what: /test_nested_calls_[12] .*replayed$/,
    why: "The recording hides the state machine's name, of which the state makes its output.",
  },
  {
    what: /test_string_to_json exec_hist_resp_[01],/,
    why: "States.StringToJson of nothing fails here, loudly; on AWS it is null.",
  },
  {
    what: /test_format_2 exec_hist_resp_7|test_context_json_path/,
    why: "States.Format of an object fails here, loudly; on AWS it prints the object as Java does.",
  },
  {
    what: /test_invoke_unsupported_param/,
    why: "The local Lambda writes no log that could be answered; the product asks for none.",
  },
  {
    what: /test_send_message_no_such_queue/,
    why: "The recording hides a host that does not resolve; here it stands for the judged queue.",
  },
  {
    what: /^test_invalid_start_execution_input start_exec_(str|not_json)_inp$/,
    why: "An input that is no JSON is refused by the same error; where it goes wrong is said in the words of whoever parses it.",
  },
  {
    what: /^test_start_version_execution exec_(version_)?list_resp$/,
    why: "Recorded before executions could be redriven; newer recordings of the same listing count redrives, and so do we.",
  },
  {
    what: /: only how AwaitRedrive fails$/,
    why: "Of a Choice without a match the documents say States.NoChoiceMatched; moto lets its own exception show. Nothing depends on the name.",
  },
  {
    what: /^a cause with a character beyond the basic plane, (event 14|seconds before each retry)$/,
    why: "The local SQS is fauxqs, which takes no character beyond U+FFFF; AWS documents that SQS does.",
  },
  ...CLIENTS_EXPLAINED,
  ...API_EXPLAINED,
  ...TEMPLATES_EXPLAINED,
  ...STRIPE_EXPLAINED,
];
