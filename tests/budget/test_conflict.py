"""Two people on one page: nothing is lost, each sees both values and chooses; and what was done can be taken back."""

import re

import pytest
from django.urls import reverse

from budget.admin import head as head_page
from budget.admin import save as save_page
from budget.admin.text import section as text_page
from budget.cell import Cell
from budget.drafts.door import Doing, How, Who, change, flatten, now
from budget.drafts.flat import HEAD
from budget.drafts.journal import newest, since_published
from budget.models import Act, Budget, Role, State
from tests.budget.people import post, signed_in, township, wang

__all__ = ["township", "wang"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def li(db):
    """李会计, the second clerk of 刘家营乡."""
    return post(signed_in("李会计"), Role.CLERK, "130324")


def page(name, budget, *keys):
    return reverse(f"admin:budget_{name}", args=[budget.pk, *keys])


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


def typed(client, budget, seen, **values):
    """Somebody sends the page of dates and names, as they saw it after act number `seen`."""
    return client.post(page("head", budget), {"seen": seen, **values}, follow=True)


def head(budget):
    return {Cell.parse(a).column: text for a, text in flatten(now(Budget.objects.get(pk=budget.pk)))[HEAD].items()}


def test_what_is_typed_is_saved_and_written_down(township, wang):
    seen = hidden(wang.get(page("head", township)), "seen")
    answer = typed(wang, township, seen, approved_on="2024年2月1日", signed_by="张乡长")
    assert "已保存" in answer.content.decode() and answer.status_code == 200
    assert head(township) == {"approved_on": "2024-02-01", "signed_by": "张乡长"}
    act = Act.objects.first()
    assert (act.by, act.how) == ("王会计", How.FORM) and act.changes.count() == 2
    assert "没有改动" in typed(wang, township, newest(township), **head(township)).content.decode()


def test_a_day_that_is_none_is_asked_for_again_and_nothing_is_lost(township, wang):
    answer = typed(wang, township, newest(township), approved_on="二月初一", signed_by="张乡长").content.decode()
    assert "日期请写成 2024-02-01 这样。" in answer and "张乡长" in answer and head(township) == {}


def test_different_things_of_one_page_do_not_meet(township, wang, li):
    seen = newest(township)
    typed(wang, township, seen, approved_on="2024-02-01")
    typed(li, township, seen, signed_by="张乡长")
    assert head(township) == {"approved_on": "2024-02-01", "signed_by": "张乡长"}


@pytest.mark.parametrize(("chosen", "name"), [("theirs", "张乡长"), ("mine", "刘乡长")])
def test_the_same_thing_is_shown_twice_and_chosen(township, wang, li, chosen, name):
    seen = newest(township)
    typed(wang, township, seen, signed_by="张乡长", approved_on="2024-02-01")
    asked = typed(li, township, seen, signed_by="刘乡长", secrecy_reviewed_by="赵主任")
    text = asked.content.decode()
    assert asked.status_code == 409 and "王会计也改了同一处" in text and "张乡长" in text and "刘乡长" in text
    assert "secrecy_reviewed_by" not in head(township)  # nothing is saved by halves
    assert re.findall(r'name="choose-([^"]+)" value="mine"', text) == ["head--signed_by"]
    kept = {"kept": hidden(asked, "kept")}
    again = li.post(page("conflict", township), kept)
    assert again.status_code == 409 and "还有 1 处没有选" in again.content.decode()
    li.post(page("conflict", township), {"kept": hidden(again, "kept"), "choose-head--signed_by": chosen})
    assert head(township) == {"approved_on": "2024-02-01", "signed_by": name, "secrecy_reviewed_by": "赵主任"}


def test_what_changes_while_somebody_chooses_is_asked_again(township, wang, li):
    seen = newest(township)
    typed(wang, township, seen, signed_by="张乡长")
    asked = typed(li, township, seen, signed_by="刘乡长")
    typed(wang, township, newest(township), signed_by="孙乡长")
    answer = {"kept": hidden(asked, "kept"), "choose-head--signed_by": "mine"}
    again = li.post(page("conflict", township), answer)
    assert again.status_code == 409 and "孙乡长" in again.content.decode() and head(township)["signed_by"] == "孙乡长"


def meanwhile(monkeypatch, module, name, do):
    """Have others do something right before a function of a page is called for the first time."""
    really, left = getattr(module, name), [do]

    def after_others(*args, **kwargs):
        if left:
            left.pop()()
        return really(*args, **kwargs)

    monkeypatch.setattr(module, name, after_others)


@pytest.mark.parametrize(
    ("key", "module", "name", "field"),
    [("head", head_page, "may_not_change", "signed_by"), ("section", text_page, "titles", "text")],
)
def test_what_others_save_while_a_page_is_made_is_not_taken_back_by_it(
    township, wang, li, monkeypatch, key, module, name, field
):
    url = page(key, township, *((3,) if key == "section" else ()))
    theirs, seen = {field: "李会计写的"}, newest(township)
    meanwhile(monkeypatch, module, name, lambda: li.post(url, {"seen": seen, **theirs}))
    shown = wang.get(url)
    assert "李会计写的" in str(flatten(now(Budget.objects.get()))) and "李会计写的" in shown.content.decode()
    assert (
        hidden(shown, "seen") == str(newest(township)) and wang.post(url, {"seen": seen, field: "x"}).status_code == 409
    )


def test_what_is_saved_while_both_values_are_shown_is_not_overwritten_unseen(township, wang, li, monkeypatch):
    seen = newest(township)
    typed(wang, township, seen, signed_by="张乡长")
    meanwhile(monkeypatch, save_page, "_kept", lambda: typed(wang, township, newest(township), signed_by="孙乡长"))
    asked = typed(li, township, seen, signed_by="刘乡长")
    assert "张乡长" in asked.content.decode()
    again = li.post(page("conflict", township), {"kept": hidden(asked, "kept"), "choose-head--signed_by": "mine"})
    assert again.status_code == 409 and "孙乡长" in again.content.decode() and head(township)["signed_by"] == "孙乡长"


def test_a_section_is_saved_without_saying_the_others_again(township, wang, li, monkeypatch):
    seen, third, sixth = newest(township), page("section", township, 3), page("section", township, 6)
    li.post(third, {"seen": seen, "text": "写错了"})

    def put_right():
        li.post(third, {"seen": newest(township), "text": "无。"})

    meanwhile(monkeypatch, text_page, "saved", put_right)
    assert wang.post(sixth, {"seen": seen, "text": "没有专项资金。"}).status_code == 302
    texts = flatten(now(Budget.objects.get()))["sections"]
    assert (texts["sections-3-text"], texts["sections-6-text"]) == ("无。", "没有专项资金。")


def test_nobody_answers_for_somebody_else(township, wang, li):
    seen = newest(township)
    typed(wang, township, seen, signed_by="张乡长")
    kept = hidden(typed(li, township, seen, signed_by="刘乡长"), "kept")
    for client, forged in ((wang, kept), (li, kept[:-1] + "x"), (li, "")):
        answer = client.post(page("conflict", township), {"kept": forged, "choose-head--signed_by": "mine"})
        assert answer.status_code == 404 and head(township) == {"signed_by": "张乡长"}


def test_rows_known_by_their_number_are_chosen_together(township, wang, li):
    """Of two who changed the same list, one list stands: rows of both would be neither's."""
    seen, part = newest(township), "procurement"
    rows = flatten(now(township))[part]
    first, second = (next(a for a in rows if a.startswith(f"procurement-{n}-item")) for n in (1, 2))
    change(township, {part: rows | {first: "电脑"}}, Doing(Who("李会计"), How.GRID, seen=seen))
    mine = change(township, {part: rows | {second: "桌子"}}, Doing(Who("王会计"), How.GRID, seen=seen))
    assert {both.address for both in mine.conflicts} == {first, second}


# Taking back.


def test_one_act_is_taken_back_by_a_button(township, wang):
    typed(wang, township, newest(township), signed_by="张乡长")
    act = Act.objects.first()
    typed(wang, township, newest(township), signed_by="张乡长", approved_on="2024-02-01")
    asked = wang.get(page("take_back", township, act.pk, "undo")).content.decode()
    assert "张乡长" in asked and "2024-02-01" not in re.sub(r"<nav.*?</nav>", "", asked)
    done = wang.post(page("take_back", township, act.pk, "undo"), {"why": "写错了人"}, follow=True).content.decode()
    assert "已保存" in done and "写错了人" in done and head(township) == {"approved_on": "2024-02-01"}


def test_everything_since_an_act_is_taken_back(township, wang):
    before = newest(township)
    typed(wang, township, before, signed_by="张乡长")
    typed(wang, township, newest(township), approved_on="2024-02-01")
    wang.post(page("take_back", township, before, "restore"))
    assert head(township) == {}


def test_an_undo_that_meets_a_later_change_asks(township, wang, li):
    typed(wang, township, newest(township), signed_by="张乡长")
    act = Act.objects.first()
    typed(li, township, newest(township), signed_by="刘乡长")
    asked = wang.post(page("take_back", township, act.pk, "undo"))
    assert asked.status_code == 409 and "李会计" in asked.content.decode()
    answer = {"kept": hidden(asked, "kept"), "choose-head--signed_by": "mine"}
    wang.post(page("conflict", township), answer)
    assert head(township) == {} and Act.objects.first().undoes == act


def test_a_closed_budget_is_not_taken_back(township, wang):
    typed(wang, township, newest(township), signed_by="张乡长")
    act = Act.objects.first()
    Budget.objects.update(state=State.SUBMITTED)
    assert wang.post(page("take_back", township, act.pk, "undo")).status_code == 409
    assert head(township) == {"signed_by": "张乡长"}
    assert "撤销这次改动" not in wang.get(page("journal", township)).content.decode()


def test_an_act_of_another_budget_does_not_exist(township, wang):
    assert wang.get(page("take_back", township, 10**6, "undo")).status_code == 404


# What changed.


def test_the_history_of_a_figure_names_everybody(township, wang):
    typed(wang, township, newest(township), signed_by="张乡长")
    typed(wang, township, newest(township), signed_by="刘乡长")
    shown = wang.get(page("figure", township, "head--signed_by")).content.decode()
    assert shown.count("王会计") >= 2 and "张乡长" in shown and "刘乡长" in shown
    figure = wang.get(page("figure", township, "t3-2010301-basic")).content.decode()
    assert "liujiaying-2024.docx" in figure
    assert "还没有人填过" in wang.get(page("figure", township, "t3-2999999-basic")).content.decode()


def test_what_is_different_since_it_was_published_is_counted_in_places(township, wang):
    assert since_published(township) == (0, {})
    act = Act.objects.create(budget=township, how=How.STATE, by="卢龙县财政局")
    act.changes.create(budget=township, part="state", address="state", old="approved", new=State.PUBLISHED)
    for name in ("张乡长", "刘乡长"):
        typed(wang, township, newest(township), signed_by=name)
    typed(wang, township, newest(township), signed_by="刘乡长", approved_on="2024-02-01")
    typed(wang, township, newest(township), signed_by="刘乡长")
    assert since_published(township) == (1, {"head--signed_by": (None, "刘乡长")})
    assert "第 1 版公开以来改了 1 处" in wang.get(page("since", township)).content.decode()


@pytest.mark.parametrize(("chosen", "there"), [("mine", False), ("theirs", True)])
def test_a_record_that_one_takes_away_and_another_fills_in_is_chosen_whole(township, wang, li, chosen, there):
    code = township.projects.first().code
    url = page("projects_sheet", township, code)
    seen = newest(township)
    sent = {"seen": seen, "other_funds": "1", "name": "李会计改的", "do": "save"}
    assert wang.post(url, sent).status_code == 302
    asked = li.post(url, {"seen": seen, "do": "delete-sure"})
    text = asked.content.decode()
    assert asked.status_code == 409 and "李会计改的" in text
    assert re.findall(r'name="choose-([^"]+)" value="mine"', text) == [f"projects-{code}"]
    done = li.post(page("conflict", township), {"kept": hidden(asked, "kept"), f"choose-projects-{code}": chosen})
    assert done.status_code == 302 and township.projects.filter(code=code).exists() == there
    assert not there or township.projects.get(code=code).other_funds == 10000
