"""That nothing is forgotten: every operation of the models is judged by a call, or is refused as one that is not there."""
from botocore import xform_name

NOT_THERE = {"UnknownOperationException", "InvalidAction"}


def judge_the_rest(work, calls, verdict):
    judged = {(step["service"], step["operation"]) for step in work["steps"] if "operation" in step}
    paged = {(paging["service"], paging["operation"]) for paging in work["pagings"]}
    waited = {(step["service"], step["waiter"]) for step in work["steps"] if "waiter" in step}
    for service in sorted({service for service, _ in judged}):
        client = calls.client(service)
        for operation in client.meta.service_model.operation_names:
            model = client.meta.service_model.operation_model(operation)
            # What is asked without a signature is refused for that.
            if model.auth_type == "none":
                continue
            if (service, operation) not in judged:
                judge_unavailable(service, operation, calls, verdict)
            elif client.can_paginate(method_of(client, operation)) and (service, operation) not in paged:
                verdict.add(f"{service} {operation}", [("a judgement of its pages", "none")])
        for waiter in client.waiter_names:
            if (service, waiter) not in waited and is_for(client, waiter, service, judged):
                verdict.add(f"{service} {waiter}", [("a judgement of its waiter", "none")])


def judge_unavailable(service, operation, calls, verdict):
    _, error = calls.send(service, operation, {}, checked=False)
    code = error.response["Error"]["Code"] if error else "an answer"
    message = error.response["Error"].get("Message", "") if error else ""
    told = code in NOT_THERE and "What is: " in message
    verdict.add(
        f"{service} {operation}",
        [] if told else [("a call that judges it, or a refusal that names what is there", f"{code}: {message}")],
    )


def method_of(client, operation):
    return next(method for method, name in client.meta.method_to_api_mapping.items() if name == operation)


def is_for(client, waiter, service, judged):
    config = client._get_waiter_config()["waiters"]
    operations = {content["operation"] for name, content in config.items() if xform_name(name) == waiter}
    return any((service, operation) in judged for operation in operations)
