"""现在提醒: the county reminds clerks of units that it chose, or of all that are late, and sees what became of each.

A request sends what fits into five seconds and the page asks for the rest: whom it has reached today it leaves out.
"""

import time
from collections import defaultdict

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from budget.drafts.door import person
from budget.drafts.people import counties_of, has_post
from budget.models import Department, Role
from disclosures.county.board import WAITS, asked
from disclosures.county.standing import standings
from disclosures.reminders import clerks
from disclosures.reminders.days import asked as asked_on
from disclosures.reminders.letters import Letter, people, waits_for
from disclosures.reminders.sending import OF_ALL, Outcome, Told, due, not_set, tell

SECONDS = 5  # of one request
MOST = 1000  # units of one request


@require_POST
def remind(request):
    """Send now, for those who review or publish in that county; for everybody else there is no such address."""
    wanted = asked(request, counties_of(request.user))
    if not has_post(request.user, wanted.region, *WAITS):
        raise Http404
    rows = _chosen(request.POST, standings(wanted.region, wanted.year, wanted.document, request.user))
    why = not_set() if rows else "没有选任何单位；在单位前面打勾再提醒。"
    if why:
        messages.warning(request, why)
        return redirect(f"{reverse('county_board')}?{wanted.query()}")
    told = _told(wanted, rows, request.user)
    context = {
        "title": "提醒经办人",
        "asked": wanted,
        "results": [(one, _said(one, told[one.unit])) for one in rows],
        "missed": sum(one.waits_for_clerk and not _is_reached(told[one.unit]) for one in rows),
        "left": [one for one in rows if any(became is None for _, became in told[one.unit])],
    }
    return render(request, "admin/county/reminded.html", admin.site.each_context(request) | context)


def _chosen(given, rows):
    """The rows that were ticked, or all that are late; a unit of another county does not exist."""
    if given.get("which") == "overdue":
        return [one for one in rows if one.is_overdue]
    units = set(given.getlist("unit")[:MOST])
    found = [one for one in rows if one.unit in units]
    if len(found) != len(units):
        raise Http404
    return found


def _told(wanted, rows, by):
    """{unit: [(clerk, what became of the mail, None where there was no time left)]}"""
    today, end, counties, told = timezone.localdate(), time.monotonic() + SECONDS, {}, defaultdict(list)
    open_rows = {one.unit: one for one in rows if one.waits_for_clerk}
    bodies = set(Department.objects.filter(region=wanted.region, unit__in=open_rows))
    same = None  # where the mail server itself fails, nobody else is tried
    for user in people(posts__role=Role.CLERK, posts__department__in=bodies):
        own = {body: open_rows[body.unit] for body in _kept_by(user) if body in bodies}
        letter = _letter(user, own, wanted, today, counties, by)
        became = same or (_sent(letter, by, today) if time.monotonic() < end else None)
        same = became if became and became.outcome in OF_ALL else None
        for body in own:
            told[body.unit].append((letter.name, became))
    return told


def _kept_by(user):
    return [post.department for post in user.posts.all() if post.role == Role.CLERK]


def _letter(user, own, wanted, today, counties, by):
    """Everything that waits for a clerk, with the chosen units marked as asked for."""
    waits, mark = {one.key: one for one in waits_for(user, today, counties)}, asked_on(today)
    for body, standing in own.items():
        key = (Role.CLERK.value, body.pk, wanted.year, wanted.document)
        if key not in waits:  # not begun, and nobody was late with it yet
            row = clerks.Row(wanted.year, wanted.document, standing, None, None)
            waits[key] = next(clerks.waiting(body, [row], today))
        waits[key] = waits[key].marked(mark)
    return due(Letter(user, list(waits.values()), today, person(by).name))


def _sent(letter, by, today):
    if any(asked_on(today) in one.marks for one in letter.waits):
        return tell(letter, by)
    return Told(Outcome.TOLD)


def _is_reached(told):
    return any(became and became.outcome in (Outcome.SENT, Outcome.TOLD) for _, became in told)


def _said(one, told):
    """What became of a unit: one sentence for each of its clerks, or why there is none."""
    if not one.waits_for_clerk:
        return [f"{one.stage.label}，现在没有经办人要办的。"]
    if not told:
        return ["没有经办人，请管理员在“谁管哪个单位”里加一个。"]
    return [_sentence(name, became) for name, became in told]


_MORE = {
    Outcome.TOLD: "今天已经提醒过，不再发。",
    Outcome.NO_ADDRESS: "没有填电子邮箱，请管理员在“谁管哪个单位”里补上。",
    Outcome.BAD_ADDRESS: "填的电子邮箱不对，请管理员在“谁管哪个单位”里改正。",
}


def _sentence(name, became):
    if became is None:
        return f"{name}：还没有轮到。"
    if became.outcome == Outcome.SENT:
        return f"已发给{name}。"
    return f"{name}：{_MORE.get(became.outcome) or f'{became.words}，没有发出。'}"
