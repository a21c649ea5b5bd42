"""Twenty publishers at once: one publication, of exactly what was approved; all others are told that it is done.

Where somebody gives the budget back meanwhile, or its owner changes it, there is that one publication or none. Each
publication draws every page and file, as it always does.
"""

import hashlib
import json
import random
from collections import Counter

from django.urls import reverse
from django.utils import timezone

from budget.drafts.door import Doing, How, change, flatten, now, person
from budget.drafts.states import APPROVE, CORRECT, SUBMIT, take
from budget.models import OPEN, Budget, Role, State
from disclosures.content import without_notices
from disclosures.draw import draw_everything
from disclosures.models import Publication
from disclosures.publish import content_of, draft
from tests.budget.people import complete, post, saved, signed_in
from tests.budget.test_explained import explain_all
from tests.trials.broken import demand
from tests.trials.process import Process, all_at_once
from tests.trials.publisher import MEDDLES, REASON, WAYS, Meddler, Publisher

PUBLISHERS = 20
SHARES = (45, 15, 40)  # of a hundred, by each of `WAYS`: a page is drawn ten times longer than a refusal takes
FILE = "liujiaying-2024.docx"
OPENS = ("reviewer", "owner")  # who may open a budget that is approved; its clerk may not


class Trial:
    """A pool of publishers, somebody who meddles, and a referee who has each round's budget approved."""

    def __init__(self, database, seed):
        self.counts, self.random = Counter(), random.Random(seed)
        self.budget = saved(FILE)
        complete(self.budget)
        explain_all(self.budget)
        self.clerk = post(signed_in("王会计"), Role.CLERK, "130324")
        self.reviewer = post(signed_in("孙审核"), Role.REVIEWER, "130324")
        clients = [post(signed_in(f"公开人{n}"), Role.PUBLISHER, "130324") for n in range(1, PUBLISHERS + 1)]
        self.corrects = clients[0].user
        self._warm(clients)
        self.meddler = Process(Meddler(self.budget, self.clerk, self.reviewer))
        self.publishers = [Process(Publisher(self.budget, client)) for client in clients]

    def _warm(self, clients):
        """Draw once what all will draw, so that no process has to begin with it."""
        draw_everything(draft(self.budget))
        clients[0].get(reverse("admin:disclosures_publish", args=[self.budget.pk]))
        for client in clients:
            client.handler = clients[0].handler

    def run(self, rounds):
        """Hold so many rounds."""
        for number in range(1, rounds + 1):
            self._round(number)
            self.counts["rounds"] += 1

    def end(self):
        """Let all go."""
        for process in (*self.publishers, self.meddler):
            process.end()

    def _round(self, number):
        approved, before = self._approve(number), self._newest()
        meddles = self.random.choice(list(MEDDLES)) if self.random.random() < 0.4 else ""
        if meddles:
            self.meddler.tell("meddle", meddles, number, self.random.random() * 0.5)
        ways = [(way,) for way in self.random.choices(list(WAYS), SHARES, k=PUBLISHERS)]
        answers = all_at_once(self.publishers, "publish", ways)
        said = self.meddler.answer() if meddles else ""
        self._demand_round(approved, before, list(zip(ways, answers, strict=True)), (meddles, said))

    # Before.

    def _approve(self, number):
        """Bring the budget to where it can be published, saying something new; returns that content."""
        if self._now().state not in OPEN:
            self._take(CORRECT, self.corrects, REASON)
        sections = flatten(now(self._now()))["sections"] | {"sections-3-text": f"无。（第{number}轮）"}
        change(self.budget, {"sections": sections}, Doing(person(self.clerk.user), How.FORM))
        self._take(SUBMIT, self.clerk.user)
        self._take(APPROVE, self.reviewer.user)
        return content_of(self._now(), published_on=self._first_day())

    def _take(self, step, user, why=""):
        refusal = take(step, self._now(), user, person(user), why)
        demand(not refusal, f"{step.key} was refused before the round: {refusal}")

    def _now(self):
        return Budget.objects.select_related("department__region").get(pk=self.budget.pk)

    def _newest(self):
        newest = Publication.objects.order_by("-version").first()
        return newest.version if newest else 0

    def _first_day(self):
        first = Publication.objects.order_by("version").first()
        return timezone.localtime(first.published_at if first else None).date()

    # After.

    def _demand_round(self, approved, before, answers, meddled):
        meddles, said = meddled
        opened = said == "opened"
        demand(not opened or meddles in OPENS, f"the {meddles} opened a budget that was approved")
        found = list(Publication.objects.filter(version__gt=before))
        demand(len(found) <= 1, f"published {len(found)} times in one round: {found}")
        demand(found or opened, f"nobody published, and nobody had opened the budget: {answers}")
        told = [answer for _, answer in answers if answer.version]
        demand([one.version for one in told] == [one.version for one in found], f"{found} published, told {told}")
        for publication in found:
            demand_same(publication, approved)
        for (way,), answer in answers:
            self._demand_answer(way, answer)
        self._demand_state(bool(found), opened, meddles)
        self._count(found, meddled)

    def _demand_answer(self, way, answer):
        """Who was too late has been told so in a sentence, by a page with the status that says it."""
        if not answer.version:
            demand(answer.sentence.endswith("。"), f"refused at the {way} without a sentence: {answer}")
            demand(way != "page" or answer.status == 409, f"refused by a page that answered {answer.status}: {answer}")
            self.counts[f"refused, {way}"] += 1
            self.counts[answer.sentence] += 1

    def _demand_state(self, published, opened, meddles):
        state = self._now().state
        fits = state in OPEN if opened else state == State.PUBLISHED
        demand(fits, f"the budget is {state} after it was {'published' * published} {'opened' * opened} {meddles}")

    def _count(self, found, meddled):
        meddles, said = meddled
        self.counts["published"] += len(found)
        if meddles:
            self.counts[f"{meddles} {'opened it' if said == 'opened' else 'was refused'}"] += 1


def demand_same(publication, approved):
    """A publication is what was approved, and its hash is that of its bytes."""
    there = without_notices(json.loads(publication.content)) | {"publication": None}
    differ = {key for key in {*there, *approved} if there.get(key) != approved.get(key)}
    demand(not differ, f"version {publication.version} is not what was approved, in {differ}")
    sha256 = hashlib.sha256(publication.content.encode()).hexdigest()
    demand(publication.sha256 == sha256, f"version {publication.version} does not have the hash of its bytes")
