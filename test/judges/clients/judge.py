"""Asks the endpoint with botocore, as it is told on stdin, and says on stdout how the answers compare with botocore's models.

In:  {"connection": {...}, "steps": [<calls and waits>], "pagings": [...]}
Out: {"equal": <how many>, "differences": [{"what", "theirs", "ours"}]}
"""
import json
import sys

from calls import Calls
from pagings import Pagings
from the_rest import judge_the_rest
from verdict import Verdict


def main():
    work = json.load(sys.stdin)
    verdict = Verdict()
    calls = Calls(work["connection"], verdict)
    for step in work["steps"]:
        calls.wait(step) if "waiter" in step else calls.judge(step)
    pagings = Pagings(calls, verdict)
    for paging in work["pagings"]:
        pagings.judge(paging)
    judge_the_rest(work, calls, verdict)
    json.dump(verdict.as_dict(), sys.stdout)


main()
