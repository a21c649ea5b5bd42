"""Those who publish a budget at once, and those who are at it meanwhile, each in a process of their own."""

import html
import re
import time
from dataclasses import dataclass

from django.db import OperationalError
from django.urls import reverse

from budget.drafts.door import ON_THE_SERVER, Doing, How, change, flatten, now, person
from budget.drafts.states import RETURN, take
from budget.models import Budget
from disclosures.county.many import publish_one
from disclosures.models import Publication, PublishingItem, PublishingRound
from disclosures.publish import NotPublished, publish

REASON = "试验中的更正"


@dataclass(frozen=True)
class Answer:
    """What a publisher was told. version: of what was published, 0 for nothing; status: of the page, 0 without one."""

    version: int
    sentence: str = ""
    status: int = 0


class Publisher:
    """A publisher of the county with a browser."""

    def __init__(self, budget, client):
        self.budget, self.client, self.user = budget, client, client.user

    def publish(self, way):
        """Publish by one of the `WAYS`.

        SQLite lets one write at a time and has an end to waiting: who is told that it is locked has published nothing.
        """
        try:
            return WAYS[way](self)
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
            return Answer(0, "数据库正忙。", 409)

    def _by_command(self):
        try:
            return Answer(publish(self._now(), user=self.user, reason=REASON)[0].version)
        except NotPublished as refusal:
            return Answer(0, str(refusal))

    def _at_the_page(self):
        url = reverse("admin:disclosures_publish", args=[self.budget.pk])
        answer = self.client.post(url, {"by": "卢龙县财政局", "reason": REASON})
        if answer.status_code == 302:
            return Answer(Publication.objects.order_by("-version").first().version, "", 302)
        said = re.findall(r'class="errorlist[^>]*>\s*<li>(.*?)</li>', answer.content.decode(), re.S)
        return Answer(0, html.unescape("".join(said)), answer.status_code)

    def _with_others(self):
        """As one of many that a county publishes."""
        own = PublishingRound.objects.create(user=self.user)
        item = PublishingItem.objects.create(round=own, budget=self.budget)
        publish_one(item.pk, self.user)
        item.refresh_from_db()
        return Answer(item.publication.version if item.publication else 0, item.sentence)

    def _now(self):
        return Budget.objects.get(pk=self.budget.pk)


WAYS = {"command": Publisher._by_command, "page": Publisher._at_the_page, "county": Publisher._with_others}


class Meddler:
    """Somebody who changes the budget while others publish it: its clerk, its reviewer, or the server's owner."""

    def __init__(self, budget, clerk, reviewer):
        self.budget, self.clerk, self.reviewer = budget, clerk, reviewer

    def meddle(self, what, number, delay):
        """(what came of it, after so many seconds): opened where the budget is its clerk's again, else a refusal."""
        time.sleep(delay)
        return MEDDLES[what](self, number)

    def _as_clerk(self, number):
        return self._change(person(self.clerk.user), number)

    def _as_owner(self, number):
        return self._change(ON_THE_SERVER, number)

    def _change(self, who, number):
        seen = flatten(now(Budget.objects.get(pk=self.budget.pk)))["sections"]
        wanted = seen | {"sections-6-text": f"第{number}次插手"}
        outcome = change(self.budget, {"sections": wanted}, Doing(who, How.FORM))
        return outcome.closed or "opened"

    def _at_the_form(self, number):
        url = reverse("admin:budget_head", args=[self.budget.pk])
        answer = self.clerk.post(url, {"seen": 0, "signed_by": f"插手{number}"})
        return answer.content.decode() if answer.status_code == 409 else f"answered {answer.status_code}"

    def _as_reviewer(self, number):
        user = self.reviewer.user
        return take(RETURN, self.budget, user, person(user), f"第{number}轮退回") or "opened"


MEDDLES = {
    "clerk": Meddler._as_clerk,
    "form": Meddler._at_the_form,
    "reviewer": Meddler._as_reviewer,
    "owner": Meddler._as_owner,
}
