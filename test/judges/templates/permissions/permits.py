"""Policies at work: moto's IAM decides what a policy permits, and cfn-lint's list of IAM's actions what each takes."""
import json
import re
import sys
from importlib.resources import files

from moto.iam.access_control import IAMPolicy, PermissionResult

SERVICES = json.loads((files("cfnlint") / "data/AdditionalSpecs/Policies.json").read_text())
PLACEHOLDER = re.compile(r"\$\{\w+\}")


def permits(question):
    # Of IAM's wildcards moto knows only one; the rest of a pattern is a regular expression to it.
    grants = [{**grant, "Resource": grant["Resource"].replace("?", ".")} for grant in question["grants"]]
    statements = [{"Effect": "Allow", **grant} for grant in grants]
    policy = IAMPolicy(json.dumps({"Version": "2012-10-17", "Statement": statements}))
    result = policy.is_action_permitted(question["action"], question["resource"])
    return result == PermissionResult.PERMITTED


def takes(question):
    service, action = question["action"].split(":")
    known = SERVICES.get(service, {}).get("Actions", {}).get(action.lower())
    if known is None:
        return False
    resources = {kind.lower(): there for kind, there in SERVICES[service]["Resources"].items()}
    formats = [form for kind in known.get("Resources", []) for form in resources[kind.lower()]["ARNFormats"]]
    return any(re.fullmatch(PLACEHOLDER.sub("[^:]*", form), question["resource"]) for form in formats)


ANSWERS = {"permits": permits, "takes": takes}
print(json.dumps([ANSWERS[question["ask"]](question) for question in json.load(sys.stdin)]))
