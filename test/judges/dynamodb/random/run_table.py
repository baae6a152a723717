"""Runs sequences of operations on moto's DynamoDB, in moto's own process.

From stdin, one line each: {"table": a CreateTable, "operations": [{"operation", "input"}]}. To stdout, one line each: a list with what each
operation answered, {"answer"}, or was refused with, {"error", "item"?};
{"brokenDown"} when moto itself fails. Each sequence has a table of its own.
"""

import json
import re
import sys

from moto.core.exceptions import ServiceException
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.responses import DynamoHandler
from werkzeug.exceptions import HTTPException

ACCOUNT = "000000000000"
REGION = "us-east-1"


def as_json(value):
    if isinstance(value, DynamoType):
        return value.to_json()
    if hasattr(value, "to_json"):
        return value.to_json()
    return str(value)


def perform(operation, request):
    handler = DynamoHandler()
    handler.current_account, handler.region = ACCOUNT, REGION
    handler.body = handler.params = request
    method = getattr(handler, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())
    try:
        return {"answers": [json.loads(json.dumps(method()._result, default=as_json))]}
    except ServiceException as refused:
        return {"error": refused.code}
    except HTTPException as refused:
        told = json.loads(refused.description)
        item = {"item": told["Item"]} if "Item" in told else {}
        return {"error": told["__type"].split("#")[-1], **item}
    except Exception as broken:
        return {"brokenDown": repr(broken)}


def walk(request):
    """A Query, page after page."""
    answers, start = [], {}
    while True:
        outcome = perform("Query", {**request, **start})
        if "answers" not in outcome:
            return outcome
        answers += outcome["answers"]
        if "LastEvaluatedKey" not in answers[-1]:
            return {"answers": answers}
        start = {"ExclusiveStartKey": answers[-1]["LastEvaluatedKey"]}


def run(operation, input):
    return walk(input) if operation == "Pages" else perform(operation, input)


for line in sys.stdin:
    job = json.loads(line)
    dynamodb_backends[ACCOUNT][REGION].reset()
    perform("CreateTable", job["table"])
    outcomes = [run(**one) for one in job["operations"]]
    print(json.dumps(outcomes), flush=True)
