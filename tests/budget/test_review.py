"""审核: what changed, asked for or not; comments at cells, which live through returns and are nobody else's."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.drafts.door import Doing, How, change, flatten, now, person
from budget.drafts.states import content_hash
from budget.models import Budget, Comment, Line, Project, Role, State
from tests.budget.people import explain_all, post, qian, ready, signed_in, sun, township, wang

__all__ = ["qian", "ready", "sun", "township", "wang"]
pytestmark = pytest.mark.django_db
CELL, OTHER = "t9-vehicle_running-total", "t3-2010301-project"
LINE = "three_public-vehicle_running-general_public_budget"


@pytest.fixture
def submitted(ready, wang):
    """刘家营乡's budget, complete and handed in."""
    step(wang, ready, "submit")
    return again(ready)


def again(budget):
    return Budget.objects.get(pk=budget.pk)


def step(client, budget, key, **said):
    return client.post(reverse("admin:budget_step", args=[budget.pk, key]), {"why": "", **said})


def place(budget, address):
    return reverse("admin:budget_comments", args=[budget.pk, address])


def say(client, budget, address, text, way="write", comment=None):
    said = {"way": way, "text": text} | ({"comment": comment.pk} if comment else {})
    return client.post(place(budget, address), said)


def review(client, budget):
    return text(client.get(reverse("admin:budget_review", args=[budget.pk])))


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def set_value(client, budget, address, value):
    part = address.split("-")[0]
    flat = flatten(now(budget))[part] | {address: value}
    assert change(again(budget), {part: flat}, Doing(person(client.user), How.FORM)).parts


def test_a_comment_goes_out_with_the_return_and_comes_back_answered(submitted, wang, sun):
    say(sun, submitted, CELL, "请核对公车运维费。")
    assert "请核对公车运维费" not in review(wang, submitted) and "请核对公车运维费" not in text(
        wang.get(place(submitted, CELL))
    )
    assert (
        "还没有发出的 1 条意见" in review(sun, submitted)
        and "退回，附 1 条意见" in sun.get(reverse("admin:budget_review", args=[submitted.pk])).content.decode()
    )
    step(sun, submitted, "return", why="见意见")
    desk = text(wang.get(reverse("admin:budget_budget_change", args=[submitted.pk])))
    assert "审核的意见，还有 1 条没有办" in desk and "请核对公车运维费" in desk
    assert place(submitted, CELL) in wang.get(reverse("admin:budget_tables", args=[submitted.pk])).content.decode()
    comment = Comment.objects.get()
    set_value(wang, submitted, LINE, "203900")
    set_value(wang, submitted, "sections-3-text", "机关运行经费 58.36 万元。")
    assert say(wang, submitted, CELL, "多写了 2 万元", "done", comment).status_code == 302
    assert "还有 1 条没有办" not in text(wang.get(reverse("admin:budget_budget_change", args=[submitted.pk])))
    explain_all(again(submitted))
    assert step(wang, submitted, "submit").status_code == 302
    shown = review(sun, submitted)
    assert "提过的 1 条意见" in shown and "王会计说改好了" in shown and "退回时 22.39，现在 20.39" in shown
    assert "多写了 2 万元" in shown and "没有人提过、自己改的 1 处" in shown and "情况说明第三部分" in shown
    say(sun, submitted, CELL, "", "settle", comment)
    assert "孙审核认为改好了" in review(sun, submitted)


def test_a_comment_that_nothing_came_of_is_told_and_said_again(submitted, wang, sun):
    say(sun, submitted, OTHER, "行政运行一般不列项目支出")
    step(sun, submitted, "return", why="见意见")
    comment = Comment.objects.get()
    say(wang, submitted, OTHER, "没有错", "done", comment)
    step(wang, submitted, "submit")
    assert "王会计说改好了，这里的数和文字没有变" in review(sun, submitted)
    assert "请写明意见" in say(sun, submitted, OTHER, " ", "again", comment).content.decode()
    say(sun, submitted, OTHER, "请换科目", "again", comment)
    step(sun, submitted, "return", why="还是那条")
    assert "请换科目" in text(wang.get(place(submitted, OTHER)))
    assert "审核的意见，还有 1 条没有办" in text(wang.get(reverse("admin:budget_budget_change", args=[submitted.pk])))


@pytest.mark.parametrize(
    "address",
    ["all", "t1-income_total-amount", "t3-total", "t5", "procurement-1-item", "procurement",
     "sections-2-text", "sections", "projects-13032424P00442810410K-indicators-3-target", "fixed_assets-total-value"],
)  # fmt: skip
def test_a_comment_is_written_at_any_cell_row_table_list_or_section(submitted, sun, address):
    assert say(sun, submitted, address, "看看这里").status_code == 302
    assert "看看这里" in text(sun.get(place(submitted, address))) and "看看这里" in review(sun, submitted)
    assert Comment.objects.get().address == ("" if address == "all" else address)


@pytest.mark.parametrize("address", ["x", "t99-total-total", "head--signed_by", "-"])
def test_there_is_no_comment_at_what_is_no_place(submitted, sun, address):
    assert sun.get(f"/admin/budget/budget/{submitted.pk}/review/at/{address}/").status_code == 404


def test_every_part_leads_to_its_cells(submitted, sun):
    page = sun.get(reverse("admin:budget_review", args=[submitted.pk])).content.decode()
    parts = re.findall(rf'href="(/admin/budget/budget/{submitted.pk}/review/[a-z_0-9]+/)"', page)
    assert len(parts) >= 14
    for part in parts:
        found = re.findall(r'href="([^"]+/review/at/[^"]+)"', sun.get(part).content.decode())
        assert found or part.endswith(("t7/", "t8/")), part
        for one in {*found[:2], *found[-2:]}:
            assert sun.get(one.replace("&#x27;", "'")).status_code == 200, one
    assert sun.get(f"/admin/budget/budget/{submitted.pk}/review/nothing/").status_code == 404


def test_a_returned_budget_says_so_first_and_leads_to_the_place(submitted, wang, sun):
    say(sun, submitted, CELL, "请核对公车运维费。")
    step(sun, submitted, "return", why="见意见。")
    desk = wang.get(reverse("admin:budget_budget_change", args=[submitted.pk])).content.decode()
    mend = reverse("admin:budget_grid", args=[submitted.pk, "t9"]) + f"#{CELL}"
    assert "退回了：审核的意见还有 1 条没有办" in desk and f'<a href="{mend}">去改' in desk
    assert mend in wang.get(place(submitted, CELL)).content.decode()
    assert mend not in sun.get(place(submitted, CELL)).content.decode()
    say(wang, submitted, CELL, "已改。", "done", Comment.objects.get())
    assert "没有办" not in wang.get(reverse("admin:budget_budget_change", args=[submitted.pk])).content.decode()


def test_whoever_reviews_is_led_to_the_review(submitted, sun):
    desk = sun.get(reverse("admin:budget_budget_change", args=[submitted.pk])).content.decode()
    assert f'<a href="{reverse("admin:budget_review", args=[submitted.pk])}">请' in desk


def test_comments_change_neither_content_nor_hash(submitted, sun):
    before = content_hash(submitted), flatten(now(submitted))
    say(sun, submitted, CELL, "看看")
    assert (content_hash(again(submitted)), flatten(now(submitted))) == before


@pytest.mark.parametrize("state", State.values)
def test_when_the_county_comments(submitted, sun, state):
    Budget.objects.update(state=state, approved_hash="0" * 64)
    answer = say(sun, submitted, CELL, "看看")
    assert answer.status_code == (302 if state in ("submitted", "approved", "returned") else 409)
    assert [bool(one.sent_at) for one in Comment.objects.all()] == {
        "submitted": [False],
        "approved": [False],
        "returned": [True],
    }.get(state, [])


def test_who_may_do_what_with_a_comment(submitted, wang, sun, qian):
    auditor = post(signed_in("沈审计"), Role.AUDITOR, "130324")
    foreign = post(signed_in("外县"), Role.REVIEWER, "310107")
    say(sun, submitted, CELL, "看看")
    comment = Comment.objects.get()
    assert [say(one, submitted, CELL, "x").status_code for one in (wang, auditor, foreign)] == [403, 404, 404]
    assert say(wang, submitted, CELL, "x", "answer", comment).status_code == 404  # not sent: not there
    assert say(qian, submitted, CELL, "", "remove", comment).status_code == 409  # another's
    assert say(sun, submitted, CELL, "", "settle", comment).status_code == 409
    step(sun, submitted, "return", why="见意见")
    assert [say(one, submitted, CELL, "x", "settle", comment).status_code for one in (wang, foreign)] == [403, 404]
    assert say(sun, submitted, CELL, "x", "done", comment).status_code == 403
    assert say(sun, submitted, CELL, "", "remove", comment).status_code == 409
    for nonsense in ("", "x", "9" * 30, "²"):
        assert sun.post(place(submitted, CELL), {"way": "settle", "comment": nonsense}).status_code == 404
    assert say(sun, submitted, CELL, "", "nonsense", comment).status_code == 404
    assert say(qian, submitted, CELL, "", "settle", comment).status_code == 302
    assert Comment.objects.count() == 1 and not Comment.objects.get().replies.exists()


def test_what_was_not_sent_can_be_taken_back(submitted, sun):
    say(sun, submitted, CELL, "写错了")
    assert say(sun, submitted, CELL, "", "remove", Comment.objects.get()).status_code == 302
    assert not Comment.objects.exists()


def test_approval_is_of_what_was_seen(submitted, sun):
    page = sun.get(reverse("admin:budget_review", args=[submitted.pk])).content.decode()
    seen = re.search(r'name="hash" value="(\w{64})"', page)[1]
    Line.objects.filter(budget=submitted, book="three_public").update(amount=1)
    assert "内容又变了，没有办理" in step(sun, submitted, "approve", hash=seen).content.decode()
    assert again(submitted).state == State.SUBMITTED
    Line.objects.filter(budget=submitted, book="three_public").update(amount=223900)
    assert step(sun, submitted, "approve", hash=seen).status_code == 302
    assert again(submitted).approved_hash == seen


def test_what_keeps_it_from_being_approved_stands_where_the_button_would(submitted, sun):
    Budget.objects.update(signed_by="")
    page = sun.get(reverse("admin:budget_review", args=[submitted.pk])).content.decode()
    assert "还不能通过" in page and "请填写签发人" in page and 'value="审核通过"' not in page


def last_year_of(budget):
    last = Budget.objects.create(
        department=budget.department, year=budget.year - 1, state="published", was_submitted=True
    )
    Line.objects.bulk_create(
        Line(budget=last, **one.facets._asdict(), amount=one.amount * 2)
        for one in budget.lines.all()
        if one.function != "2070109"
    )
    kept, *_ = budget.projects.all()
    Project.objects.create(budget=last, order=1, code="OLD1", name=kept.name, amount=1)
    Project.objects.create(budget=last, order=2, code="OLD2", name="不再有的项目", amount=1)
    return last


def test_against_last_year_largest_first_and_projects_that_are_new_or_gone(submitted, sun):
    assert "没有上年的预算可比" in review(sun, submitted)
    last_year_of(submitted)
    shown = review(sun, submitted)
    assert "新的项目 17 个" in shown and "今年没有的 1 个：不再有的项目" in shown
    sizes = [float(one.replace(",", "")) for one in re.findall(r"处不同，最大的 [−+]([\d,.]+)", shown)]
    assert len(sizes) >= 7 and sizes == sorted(sizes, reverse=True)
    assert re.search(r"支出合计 2,672.74 1,337.87 −1,334.87 −49.9%", shown)


def test_last_years_draft_is_not_shown_to_those_who_may_not_see_it(submitted, sun):
    last = last_year_of(submitted)
    Budget.objects.filter(pk=last.pk).update(state="draft", was_submitted=False)
    assert "没有上年的预算可比" in review(sun, submitted)


def test_the_page_asks_the_database_seldom(submitted, wang, sun):
    last_year_of(submitted)
    say(sun, submitted, CELL, "看看")
    step(sun, submitted, "return", why="见意见")
    set_value(wang, submitted, LINE, "203900")
    explain_all(again(submitted))
    step(wang, submitted, "submit")
    address = reverse("admin:budget_review", args=[submitted.pk])
    sun.get(address)  # the first time, that it was opened is noted
    with CaptureQueriesContext(connection) as queries:
        assert sun.get(address).status_code == 200
    assert len(queries) <= 28  # with a return, comments, answers and a year before; 25 without
