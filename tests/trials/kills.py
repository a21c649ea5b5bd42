"""Import, change, hand in, publish, each killed at every statement: all of it is there afterwards, or nothing.

Whatever became of it, it can be done again, and comes to the same. The clock stands still in all of it, so that a
state is the same to the byte.
"""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.db import connections
from django.urls import reverse

from budget.drafts.door import person
from budget.drafts.journal import newest
from budget.drafts.save import save
from budget.drafts.states import APPROVE, SUBMIT, take
from budget.intake.identity import Given
from budget.intake.read import read
from budget.models import Budget, Role
from tests.budget.conftest import original
from tests.budget.people import complete, post, signed_in
from tests.budget.test_explained import explain_all
from tests.trials.broken import Broken, demand
from tests.trials.dump import differing, dump
from tests.trials.killer import AFTER, BEFORE, Killer, in_child

FILE, OTHER = "liujiaying-2024.docx", "liujiaying-2024.xlsx"
OLD, NEW = "old", "new"


@dataclass(frozen=True)
class Operation:
    """What is killed. begins: the state that it begins in, as the database was kept."""

    name: str
    begins: str
    do: object


class Trial:
    """Each operation on the database as it was kept, once for each statement and side of it."""

    def __init__(self, database, seed):
        self.database, self.counts = database, Counter()
        self.clerk = post(signed_in("王会计"), Role.CLERK, "130324")
        self.reviewer = post(signed_in("孙审核"), Role.REVIEWER, "130324")
        self.publisher = post(signed_in("钱公开"), Role.PUBLISHER, "130324")
        self.files = {name: (read(original(name), Given()), original(name), name) for name in (FILE, OTHER)}
        self._keep("nothing")
        self._import(FILE)
        complete(self._budget())
        explain_all(self._budget())
        self._keep("draft")
        for step, client in ((SUBMIT, self.clerk), (APPROVE, self.reviewer)):
            take(step, self._budget(), client.user, person(client.user))
        self._keep("approved")

    def operations(self):
        """What is killed, in its order."""
        return [
            Operation("import", "nothing", partial(self._import, FILE)),
            Operation("second file", "draft", partial(self._import, OTHER)),
            Operation("grid", "draft", self._grid),
            Operation("submit", "draft", self._submit),
            Operation("publish", "approved", self._publish),
        ]

    def run(self, points):
        """Kill each operation at so many points, at all without a number."""
        for operation in self.operations():
            self._killed(operation, points)

    def end(self):
        """Leave the database to whoever made it."""
        connections.close_all()

    def _keep(self, name):
        connections.close_all()
        self.database.keep(name)

    def _put_back(self, name):
        connections.close_all()
        self.database.put_back(name)

    # What is done. Each is answered the same way when it is done once more: by a page, or by what there is then.

    def _budget(self):
        return Budget.objects.get()

    def _import(self, name):
        save(*self.files[name], user=self.clerk.user)

    def _page(self, client, name, *keys, **sent):
        """A form of the budget that there is; its key is that of the kept database."""
        answer = client.post(reverse(f"admin:{name}", args=[1, *keys]), sent)
        demand(answer.status_code in (302, 409), f"{name} answered {answer.status_code}")

    def _grid(self):
        sent = {"unit": "元", "seen": str(self.seen), "t5-2130705-project": "3,000,000.00", "save": "1"}
        self._page(self.clerk, "budget_grid", "t5", **sent)

    def _submit(self):
        self._page(self.clerk, "budget_step", "submit", why="请审核")

    def _publish(self):
        self._page(self.publisher, "disclosures_publish", by="卢龙县财政局")

    # What must hold.

    def _killed(self, operation, points):
        before, after, sent = self._undisturbed(operation)
        at = list(chosen(sent, points))
        self.counts[f"statements of {operation.name}"] = len(sent)
        for number, side in at:
            where = f"{operation.name} killed {side} statement {number} of {len(sent)} ({sent[number - 1]})"
            self._killed_at(operation, number, side, where, (before, after))

    def _undisturbed(self, operation):
        """(the state before, the state after, the statements), where nothing ends it; done here first, to be warm."""
        self._put_back(operation.begins)
        self.seen, before = newest_act(), dump()
        operation.do()
        self._put_back(operation.begins)
        ended, sent = in_child(operation.do, Killer())
        demand(ended == "done", f"{operation.name} {ended} where nobody killed it")
        after = dump()
        demand(after != before, f"{operation.name} changes nothing")
        return before, after, sent

    def _killed_at(self, operation, number, side, where, states):
        self._put_back(operation.begins)
        ended, _ = in_child(operation.do, Killer(number, side))
        demand(ended == "killed", f"{where}: it {ended} instead")
        self.counts[f"killed {side}"] += 1
        self.counts[f"{self._state(where, *states)} state"] += 1
        ended, _ = in_child(operation.do, Killer())
        demand(ended == "done", f"{where}: done again, it {ended}")
        there = dump()
        demand(there == states[1], f"{where}: done again, it came to something else: {differing(states[1], there)}")

    def _state(self, where, before, after):
        """Which of both states is there; there is no third."""
        there = dump()
        if there not in (before, after):
            raise Broken(
                f"{where}: neither the old state nor the new; against the old {differing(before, there)}, "
                f"against the new {differing(after, there)}"
            )
        return OLD if there == before else NEW


def newest_act():
    """The version that the person saw."""
    found = Budget.objects.first()
    return newest(found) if found else 0


def chosen(sent, points):
    """(number of the statement, side): all of them, or so many spread over all, those of a commit among them."""
    all_of_them = [(number, side) for number in range(1, len(sent) + 1) for side in (BEFORE, AFTER)]
    if points is None:
        return all_of_them
    step = max(1, len(all_of_them) // points)
    commits = [(number, side) for number, side in all_of_them if sent[number - 1] == "COMMIT"]
    return sorted({*all_of_them[::step], *commits})
