"""One of two people at a budget, in a process of their own: at the door itself, or at the pages in front of it."""

import hashlib
import html
import random
import re
import time
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.db import connection
from django.urls import reverse

from budget.admin.told import saying
from budget.drafts.door import Both, Doing, How, change, flatten, now, person, restoring, undoing
from budget.drafts.journal import newest
from budget.drafts.save import save
from budget.models import Act, Budget, Change
from tests.budget.test_sheets import Fields
from tests.trials.law import Told, demand, draft

FORM, OTHER = "page", "door"  # the ways


@dataclass(frozen=True)
class Wish:
    """What somebody is to do. together: whether they wait, having looked, until the other has looked, too.

    place, text: what they type, at which address. again: what they type at once after it. record: what they take away,
    or put back as it was. target: an act, to take it back or to return to it. chooses: which value they take where
    they are shown two. late: seconds after which they come.
    """

    kind: str
    way: str = OTHER
    together: bool = True
    place: str = ""
    text: str = ""
    record: Any = None
    target: int = 0
    chooses: str = ""
    again: str = ""
    file: int = 0
    late: float = 0.0


class Editor:
    """Somebody with a browser. meeting: where both wait for each other. files: [(reading, bytes, name)]."""

    def __init__(self, budget, client, meeting, places, files, seed):
        self.budget, self.client, self.meeting, self.files = budget, client, meeting, files
        self.places = {place.address: place for place in places}
        self.hurry = random.Random(seed)

    def do(self, wish):
        """[what they were told], one for each thing that they did."""
        time.sleep(wish.late)
        with connection.execute_wrapper(self._unhurried):
            return list(_DOES[wish.kind, wish.way](self, wish))

    def _unhurried(self, execute, sql, params, many, context):
        """A statement now and then takes its time, so that those of two people fall between each other."""
        if self.hurry.random() < 0.2:
            time.sleep(self.hurry.random() * 0.004)
        return execute(sql, params, many, context)

    def _look_up(self, wish):
        """Having looked, wait for the other, or not."""
        if wish.together:
            self.meeting.wait(60)

    # At the door.

    def _type(self, wish):
        """Type, and perhaps something else at once, having looked again."""
        for text in filter(None, (wish.text, wish.again)):
            told = self._typed(wish, text)
            yield told
            wish = replace(wish, together=False)
            if told.answer != "saved":
                return

    def _typed(self, wish, text):
        part, record = wish.place.partition("-")[0], self.places[wish.place].record
        seen, there = self._looked_at(part)
        self._look_up(wish)
        if not any(address.startswith(record) for address in there):
            return Told(wish.kind, "away")
        outcome = self._change({part: there | {wish.place: text}}, How.FORM, seen)
        told = self._told(wish.kind, outcome, {wish.place: text}, {wish.place: there.get(wish.place)}, seen)
        told.stood = there
        return told

    def _take_away(self, wish):
        """Take a record away, or put it back as it was."""
        seen, there = self._looked_at("projects")
        self._look_up(wish)
        prefix, kept = self.places[wish.place].record, wish.record
        own = {address for address in there if address.startswith(prefix)}
        wanted = dict.fromkeys(own) if own else kept
        after = {a: text for a, text in (there | wanted).items() if text is not None}
        outcome = self._change({"projects": after}, How.GRID, seen)
        told = self._told(wish.kind, outcome, wanted, {a: there.get(a) for a in wanted}, seen)
        told.stood = there
        yield told

    def _take_back(self, wish):
        act = Act.objects.get(pk=wish.target)
        self._look_up(wish)
        wanted, saw = _both_values(wish.target)
        outcome = change(self.budget, *undoing(self.budget, act, self._who()))
        yield self._told(wish.kind, outcome, wanted, saw, act.pk)

    def _return(self, wish):
        act = Act.objects.get(pk=wish.target)
        self._look_up(wish)
        wanted, doing = restoring(self.budget, act, self._who())
        there, outcome = draft(self.budget.pk), change(self.budget, wanted, doing)
        all_of_it = dict.fromkeys(there) | {a: text for flat in wanted.values() for a, text in flat.items()}
        told = self._told(wish.kind, outcome, all_of_it, {}, doing.seen)
        told.target = act.pk
        yield told

    def _import(self, wish):
        """Import a file as an office saves it anew each time: the same words in other bytes."""
        reading, data, name = self.files[wish.file]
        data += wish.text.encode()
        self._look_up(wish)
        before = newest(self.budget)
        save(replace(reading, sha256=hashlib.sha256(data).hexdigest()), data, name, user=self.client.user)
        own = Act.objects.filter(budget=self.budget, pk__gt=before, user=self.client.user)
        yield Told(wish.kind, "saved" if own.exists() else "same", seen=before)

    def _looked_at(self, part):
        """(the version, what a part says), both of one moment: looked at again where somebody saved meanwhile."""
        while True:
            seen, there = newest(self.budget), flatten(now(Budget.objects.get(pk=self.budget.pk)))[part]
            if newest(self.budget) == seen:
                return seen, there

    def _who(self):
        return person(self.client.user)

    def _change(self, wanted, how, seen):
        return change(self.budget, wanted, Doing(self._who(), how, seen=seen))

    def _told(self, kind, outcome, wanted, saw, seen):
        answer = "closed" if outcome.closed else "refused" if outcome.conflicts else "saved" if outcome.act else "same"
        return Told(kind, answer, wanted, saw, seen, outcome.conflicts)

    # At a page.

    def _fill_in(self, wish):
        place = self.places[wish.place]
        url = place.url(self.budget.pk)
        page = self.client.get(url)
        self._look_up(wish)
        if page.status_code == 404:
            yield Told(wish.kind, "away")
            return
        sent = Fields(page.content.decode()).sent
        saw = {place.address: place.read(sent[place.field]) or None}
        answer = self.client.post(url, sent | dict([place.press]) | {place.field: wish.text})
        yield from self._answered(wish, answer, {place.address: wish.text}, saw, int(sent["seen"]))

    def _press_undo(self, wish):
        url = reverse("admin:budget_take_back", args=[self.budget.pk, wish.target, "undo"])
        self.client.get(url)
        self._look_up(wish)
        wanted, saw = _both_values(wish.target)
        yield from self._answered(wish, self.client.post(url, {"why": "试"}), wanted, saw, wish.target)

    def _answered(self, wish, answer, wanted, saw, seen):
        """What the page said; of two values the one that this person chooses."""
        if answer.status_code == 404:
            yield Told(wish.kind, "away")
        elif answer.status_code == 302:
            yield Told(wish.kind, self._said(), wanted, saw, seen)
        else:
            demand(answer.status_code == 409, f"a page answered {answer.status_code} to {wish}")
            yield from self._shown_both(wish, answer.content.decode(), wanted, saw, seen)

    def _said(self):
        """Whether the next page says that something was changed; any page, for the one that follows may be gone."""
        text = self.client.get(reverse("admin:budget_head", args=[self.budget.pk])).content.decode()
        demand("已保存。" in text or "没有改动" in text, "a form was answered, and no page says what became of it")
        return "saved" if "已保存。" in text else "same"

    def _shown_both(self, wish, text, wanted, saw, seen):
        kept = re.search(r'name="kept" value="([^"]*)"', text)
        if kept is None:
            yield Told(wish.kind, "closed", wanted, saw, seen)
            return
        both = [Both(*one) for one in signing.loads(kept[1], salt="budget.conflict")["conflicts"]]
        for one in both:
            for value in (one.theirs, one.mine):
                shown = html.escape(saying(one.address, value))
                demand(shown in text, f"the page of both values does not show {shown!r} of {one.address}")
        yield Told(wish.kind, "refused", wanted, saw, seen, both)
        if wish.chooses:
            yield from self._choose(wish, text, kept[1], wanted, saw, both, seen)

    def _choose(self, wish, text, kept, wanted, saw, both, seen):
        units = re.findall(r'name="choose-([^"]+)" value="mine"', text)
        url = reverse("admin:budget_conflict", args=[self.budget.pk])
        answer = self.client.post(url, {"kept": kept} | {f"choose-{unit}": wish.chooses for unit in units})
        shown = {one.address: one.theirs for one in both}
        chosen = {one.address: getattr(one, wish.chooses) for one in both}
        yield from self._answered(Wish("choose"), answer, wanted | chosen, saw | shown, seen)


def _both_values(act):
    """What an act replaced, and what it wrote."""
    changes = list(Change.objects.filter(act=act))
    return {one.address: one.old for one in changes}, {one.address: one.new for one in changes}


_DOES = {
    ("type", OTHER): Editor._type,
    ("type", FORM): Editor._fill_in,
    ("record", OTHER): Editor._take_away,
    ("undo", OTHER): Editor._take_back,
    ("undo", FORM): Editor._press_undo,
    ("restore", OTHER): Editor._return,
    ("import", OTHER): Editor._import,
}
