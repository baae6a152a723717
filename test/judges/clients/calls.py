"""Single calls: what is answered, or how it is refused, beside botocore's model of the operation."""
import json

import boto3
import jmespath
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError
from shapes import find_faults

# Errors that every operation may answer and no model declares, by the pages "Common Errors" of the services' references.
COMMON = {
    "AccessDeniedException",
    "InternalFailure",
    "InvalidAction",
    "InvalidParameterCombination",
    "InvalidParameterValue",
    "InvalidParameterValueException",
    "MissingParameter",
    "MissingRequiredParameterException",
    "SerializationException",
    "ServiceUnavailable",
    "ThrottlingException",
    "UnknownOperationException",
    "ValidationException",
}
# Nobody repeats what was refused, adds to the host's name, or checks what is to be refused by the endpoint.
CONFIG = {"retries": {"total_max_attempts": 1}, "inject_host_prefix": False}


class Calls:
    def __init__(self, connection, verdict):
        self.verdict = verdict
        self.answers = {}
        self.raw = None
        self.session = boto3.Session(
            aws_access_key_id=connection["accessKeyId"],
            aws_secret_access_key=connection["secretAccessKey"],
            region_name=connection["region"],
        )
        self.endpoint = connection["endpointUrl"]
        self.clients = {}

    def client(self, service, checked=True):
        if (service, checked) not in self.clients:
            config = Config(parameter_validation=checked, **CONFIG)
            client = self.session.client(service, endpoint_url=self.endpoint, config=config)
            client.meta.events.register("response-received", self.keep)
            self.clients[service, checked] = client
        return self.clients[service, checked]

    def keep(self, response_dict=None, **_):
        self.raw = response_dict

    def send(self, service, operation, given, checked=True):
        """The answer, or the error that botocore made of it."""
        client = self.client(service, checked)
        try:
            return getattr(client, xform_name(operation))(**given), None
        except ClientError as error:
            return None, error

    def judge(self, call):
        """{service, operation, input, refused?, as?, unchecked?}; `refused` is the name of the error that is due."""
        what = call["what"]
        model = self.client(call["service"]).meta.service_model.operation_model(call["operation"])
        try:
            given = self.fill(call["input"])
            answer, error = self.send(call["service"], call["operation"], given, not call.get("unchecked"))
        # Whatever botocore stumbles over, clients do.
        except Exception as error:
            return self.verdict.add(what, [("an answer that botocore can read", f"{type(error).__name__}: {error}")])
        due = call.get("refused")
        if error is not None:
            faults = self.error_faults(model, error)
            if name_of(error) != due:
                faults.append((due or "an answer", f"{name_of(error)}: {error}"))
            return self.verdict.add(what, faults)
        self.answers[call.get("as")] = answer
        self.judge_answer(model, answer, what)
        return self.verdict.add(what, [(due, "an answer")] if due else [])

    def wait(self, wait):
        """{service, waiter, input}: what it waits for comes by itself, soon."""
        waiter = self.client(wait["service"]).get_waiter(wait["waiter"])
        try:
            waiter.wait(**wait["input"], WaiterConfig={"Delay": 1, "MaxAttempts": 10})
            self.verdict.add(wait["what"], [])
        except WaiterError as error:
            self.verdict.add(wait["what"], [("an end of the waiting", str(error))])

    def judge_answer(self, model, answer, what):
        shape = model.output_shape
        if shape is None:
            return
        if model.service_model.metadata["protocol"] == "json":
            faults = find_faults(shape, json.loads(self.raw["body"] or "{}"))
        else:
            # What speaks XML has been read by the shape already; what is not there was not missed.
            faults = [(f"answer.{name}", "is missing") for name in shape.members if name not in answer]
        for where, fault in faults:
            place = f"{model.service_model.service_name} {model.name}, {where}"
            self.verdict.add(place, [(f"{shape.name} of the model", f"{fault}, asked with {what}")])

    def error_faults(self, model, error):
        declared = {shape.name for shape in model.error_shapes}
        name, faults = name_of(error), []
        if name not in declared | COMMON:
            faults.append((f"one of {', '.join(sorted(declared))}", f"{name}, which is not declared"))
        if name in declared and type(error) is ClientError:
            faults.append((f"an error that botocore knows as {name}", error.response["Error"]["Code"]))
        if not error.response["Error"].get("Message"):
            faults.append(("a message", f"{name} without one"))
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if not 400 <= status < 500:
            faults.append(("a status of 4xx", f"{name} with {status}"))
        return faults

    def fill(self, given):
        """{"$of": [name, path]} is a part of an answer that was kept; {"$bytes": text} is binary."""
        if isinstance(given, list):
            return [self.fill(item) for item in given]
        if not isinstance(given, dict):
            return given
        if "$of" in given:
            name, path = given["$of"]
            return jmespath.search(path, self.answers.get(name))
        if "$bytes" in given:
            return given["$bytes"].encode()
        return {name: self.fill(item) for name, item in given.items()}


def name_of(error):
    """Of an error of SQS, whose Code is the older protocol's, the model's name."""
    details = error.response["Error"]
    return details.get("QueryErrorCode") or details["Code"]
