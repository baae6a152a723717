"""What is found, in the form in which the other judges tell it."""


class Verdict:
    def __init__(self):
        self.equal = 0
        self.differences = []

    def add(self, what, faults):
        """One case: equal when it has no faults, which are pairs of what the model says and what was answered."""
        if not faults:
            self.equal += 1
        for theirs, ours in faults:
            self.differences.append({"what": what, "theirs": theirs, "ours": ours})

    def as_dict(self):
        return {"equal": self.equal, "differences": self.differences}
