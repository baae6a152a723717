"""Runs executions on moto's interpreter of the Amazon States Language; Lambda and SQS are answered over HTTP, and no time passes.

From stdin: {"definition", "answersAt", "executions": [{"name", "arn", "input", "redrives"}]}. To stdout, for each execution:
{"runs": [events of the first run, of each redrive, ...], "pauses": [seconds before each retry]}.
"""

import datetime
import json
import sys
import urllib.request

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.api import HistoryEventType, StateMachineType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.common.flow.start_at import StartAt
from moto.stepfunctions.parser.asl.component.common.retry import jitter_strategy_decl, retrier_decl
from moto.stepfunctions.parser.asl.component.common.timeouts.timeout import EvalTimeoutError
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_sqs
from moto.stepfunctions.parser.asl.eval.evaluation_details import (
    AWSExecutionDetails,
    EvaluationDetails,
    ExecutionDetails,
    StateMachineDetails,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.backend.execution_worker import SyncExecutionWorker

job = json.load(sys.stdin)
program = AmazonStateLanguageParser.parse(job["definition"])[0]
first_state = program.start_at
role_arn = "arn:aws:iam::000000000000:role/judged"
current = {"name": "", "pauses": []}


def ask(service, request):
    """What the scripted Lambda or SQS answers; one that never does has used up the state's time."""
    body = json.dumps({"execution": current["name"], "service": service, "request": request}).encode()
    answered = json.load(urllib.request.urlopen(urllib.request.Request(job["answersAt"], body)))
    if "hangs" in answered:
        raise EvalTimeoutError()
    if "refusal" in answered:
        code, message, status, request_id = (
            answered["refusal"][field] for field in ("code", "message", "status", "requestId")
        )
        told = {
            "Error": {"Code": code, "Message": message},
            "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": request_id},
        }
        raise ClientError(told, service)
    return answered


def invoke(parameters, region, state_credentials):
    answered = ask("lambda", {**parameters, "Payload": json.loads(parameters["Payload"])})
    failed = {"FunctionError": "Unhandled"} if "functionError" in answered else {}
    payload = answered.get("functionError", answered.get("payload"))
    return {"ExecutedVersion": "$LATEST", "StatusCode": 200, "Payload": payload, **failed}


class Queue:
    def send_message(self, **parameters):
        return ask("sqs", parameters)["sent"]


def sqs_error(task, env, ex):
    """moto calls every refusal SQS.SdkClientException; the recordings of AWS have this name and these words."""
    if not isinstance(ex, ClientError):
        return super(state_task_service_sqs.StateTaskServiceSqs, task)._from_error(env=env, ex=ex)
    told, meta = ex.response["Error"], ex.response["ResponseMetadata"]
    where = f"Service: AmazonSQS; Status Code: {meta['HTTPStatusCode']}; Error Code: {told['Code']}"
    details = TaskFailedEventDetails(
        error="SQS.AmazonSQSException",
        cause=f"{told['Message']} ({where}; Request ID: {meta['RequestId']}; Proxy: null)",
        resource=task._get_sfn_resource(),
        resourceType=task._get_sfn_resource_type(),
    )
    return FailureEvent(
        env=env,
        error_name=CustomErrorName("SQS.AmazonSQSException"),
        event_type=HistoryEventType.TaskFailed,
        event_details=EventDetails(taskFailedEventDetails=details),
    )


class Time:
    sleep = staticmethod(lambda seconds: current["pauses"].append(seconds))


class LongestPause:
    uniform = staticmethod(lambda _shortest, longest: longest)


lambda_eval_utils._invoke_lambda_function = invoke
state_task_service_sqs.boto_client_for = lambda **_client: Queue()
state_task_service_sqs.StateTaskServiceSqs._from_error = sqs_error
retrier_decl.time = Time
jitter_strategy_decl.random = LongestPause


class Nobody:
    def terminated(self):
        """Nobody waits for it: the worker runs in this thread."""


class Run(SyncExecutionWorker):
    """One run of an execution, from a state on; moto has no redrives, nor their count in the context."""

    def __init__(self, details, state, state_input, redrive_count):
        super().__init__(details, Nobody(), cloud_watch_logging_session=None, activity_store={})
        self._state, self._state_input, self._redrive_count = state, state_input, redrive_count

    def _get_evaluation_entrypoint(self):
        program.start_at = self._state
        return program

    def _get_evaluation_environment(self):
        env = super()._get_evaluation_environment()
        env.states.context_object.context_object_data["Execution"]["RedriveCount"] = self._redrive_count
        env.states.reset(self._state_input)
        return env


def run(execution):
    current.update(name=execution["name"], pauses=[])
    start_time = datetime.datetime.now(tz=datetime.timezone.utc).isoformat()
    details = EvaluationDetails(
        AWSExecutionDetails("000000000000", "us-east-1", role_arn),
        ExecutionDetails(execution["arn"], execution["name"], role_arn, execution["input"], start_time),
        StateMachineDetails("judged", "judged", StateMachineType.STANDARD, job["definition"]),
    )
    state, state_input, runs = first_state, execution["input"], []
    for redrive_count in range(execution["redrives"] + 1):
        worker = Run(details, state, state_input, redrive_count)
        worker.start()
        runs.append(worker.env.event_manager.get_event_history())
        entered = [event for event in runs[-1] if event["type"].endswith("StateEntered")][-1]["stateEnteredEventDetails"]
        state, state_input = StartAt(start_at_name=entered["name"]), json.loads(entered["input"])
    return {"runs": runs, "pauses": current["pauses"]}


json.dump([run(execution) for execution in job["executions"]], sys.stdout)
