"""Lists in pages: botocore's own paginators find each thing once and in order, and a token that is none is refused."""
import jmespath
from botocore import xform_name


class Pagings:
    def __init__(self, calls, verdict):
        self.calls = calls
        self.verdict = verdict

    def judge(self, paging):
        """{service, operation, input, ids, sizes, least}: `ids` is the path of the things in a page, of which there are `least`."""
        service, operation = paging["service"], paging["operation"]
        client = self.calls.client(service)
        given = self.calls.fill(paging["input"])
        try:
            whole = self.read(client, paging, given, None)
            if len(whole) < paging["least"]:
                self.verdict.add(paging["what"], [(f"{paging['least']} at least", f"{len(whole)}")])
            for size in paging["sizes"]:
                found = self.read(client, paging, given, size)
                faults = [] if found == whole else [(str(whole), str(found))]
                self.verdict.add(f"{paging['what']}, {size} a page", faults)
        except Exception as error:
            self.verdict.add(paging["what"], [("pages", f"{type(error).__name__}: {error}")])
        if paging.get("badToken"):
            self.refuse(paging, given)

    def read(self, client, paging, given, size):
        paginator = client.get_paginator(xform_name(paging["operation"]))
        pages = paginator.paginate(**given, **({"PaginationConfig": {"PageSize": size}} if size else {}))
        found, most = [], 0
        for page in pages:
            ids = jmespath.search(paging["ids"], page) or []
            most = max(most, len(ids))
            found += ids
        if size and most > size:
            self.verdict.add(paging["what"], [(f"{size} a page", f"{most}")])
        return found

    def refuse(self, paging, given):
        bad = paging["badToken"]
        self.calls.judge(
            {
                "what": f"{paging['what']}, with a token that is none",
                "service": paging["service"],
                "operation": paging["operation"],
                "input": {**given, **bad["input"]},
                "refused": bad["refused"],
            }
        )
