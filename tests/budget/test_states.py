"""The way of a budget to the public: 王会计 hands it in, 孙审核 looks at it, 钱公开 publishes it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from budget.admin import steps
from budget.drafts.door import Doing, How, change, now, person
from budget.drafts.flat import flatten
from budget.drafts.states import TRANSITIONS, content_hash
from budget.models import Act, Budget, Role, State
from disclosures import publish as publishing
from disclosures.models import Publication
from tests.budget.people import owner, post, qian, ready, sun, township, wang
from tests.disclosures.county import publication

__all__ = ["owner", "qian", "ready", "sun", "township", "wang"]
pytestmark = pytest.mark.django_db


def step(client, budget, key, why=""):
    """The answer to a step that somebody takes."""
    if key == "withdraw":  # the public side's own
        return client.post(withdrawal(budget), {"office": "卢龙县财政局", "reason": why})
    return client.post(reverse("admin:budget_step", args=[budget.pk, key]), {"why": why})


def withdrawal(budget):
    """Its page; something is published that may be withdrawn."""
    if not Publication.objects.exists():
        publication(budget.department, days_ago=1).save()
    return reverse("admin:disclosures_withdraw", args=[budget.pk])


def publish(client, budget, by="卢龙县财政局"):
    return client.post(reverse("admin:disclosures_publish", args=[budget.pk]), {"by": by})


def state(budget):
    return Budget.objects.get(pk=budget.pk).state


def test_from_the_clerk_to_the_public(ready, wang, sun, qian, client):
    assert step(wang, ready, "submit").status_code == 302
    assert step(sun, ready, "return", "第九部分与采购表不符").status_code == 302 and state(ready) == State.RETURNED
    assert step(wang, ready, "submit").status_code == 302
    assert step(sun, ready, "approve").status_code == 302
    assert Budget.objects.get().approved_hash == content_hash(Budget.objects.get())
    response = publish(qian, ready)
    assert response.url == "/130324/909/2024/" and state(ready) == State.PUBLISHED
    assert client.get(response.url).status_code == 200 and Publication.objects.get().published_by == "卢龙县财政局"
    said = [(act.by, act.why.split("，")[0]) for act in Act.objects.filter(how=How.STATE).order_by("id")]
    assert said == [
        ("王会计", ""),
        ("孙审核", "第九部分与采购表不符"),
        ("王会计", ""),
        ("孙审核", ""),
        ("卢龙县财政局", "第1版"),
    ]
    page = wang.get(reverse("admin:budget_journal", args=[ready.pk])).content.decode()
    assert "第九部分与采购表不符" in page and "审核通过" in page and "孙审核" in page


def test_what_lacks_is_named_and_keeps_it_from_being_handed_in(township, wang):
    answer = step(wang, township, "submit").content.decode()
    for sentence in ("请填写财政批复日期", "请填写保密审查人和审查日期", "请填写签发人", "还没有写"):
        assert sentence in answer
    assert state(township) == State.DRAFT


def test_a_change_after_approval_voids_it(ready, wang, sun, qian):
    step(wang, ready, "submit")
    step(sun, ready, "approve")
    ready.lines.filter(book="three_public").update(amount=1)
    assert "审核以后内容又变了" in publish(qian, ready).content.decode()
    assert state(ready) == State.APPROVED and not Publication.objects.exists()


def test_four_eyes(ready, wang, sun, qian):
    step(wang, ready, "submit")
    post(qian, Role.REVIEWER, "130324")
    step(qian, ready, "approve")
    assert "是您审核的，不能自己公开" in publish(qian, ready).content.decode()
    assert not Publication.objects.exists()


def test_nobody_approves_what_they_changed(ready, wang):
    flat = flatten(now(ready))["sections"] | {"sections-3-text": "无。王会计改过。"}
    change(ready, {"sections": flat}, Doing(person(wang.user), How.FORM))
    step(wang, ready, "submit")
    post(wang, Role.REVIEWER, "130324")
    assert "您改过这份预算，不能自己审核" in step(wang, ready, "approve").content.decode()


def test_what_a_reviewer_has_opened_is_not_recalled(ready, wang, sun):
    step(wang, ready, "submit")
    step(wang, ready, "recall")
    assert state(ready) == State.DRAFT
    step(wang, ready, "submit")
    sun.get(reverse("admin:budget_budget_change", args=[ready.pk]))
    assert "审核人已经打开，不能撤回" in step(wang, ready, "recall").content.decode()
    assert state(ready) == State.SUBMITTED


@pytest.mark.parametrize(
    ("key", "asks"), [("return", "退回的原因"), ("correct", "更正的原因"), ("withdraw", "撤下的原因")]
)
def test_what_goes_back_says_why(ready, sun, qian, key, asks):
    source = TRANSITIONS[key].sources[0]
    Budget.objects.update(state=source, was_submitted=True)
    who = sun if key == "return" else qian
    assert f"请写明{asks}" in step(who, ready, key).content.decode()
    step(who, ready, key, "数字有误")
    assert state(ready) == TRANSITIONS[key].target


@pytest.mark.parametrize("key", [key for key in TRANSITIONS if key != "publish"])
@pytest.mark.parametrize("before", State.values)
def test_a_step_is_taken_only_from_where_it_leads(ready, wang, sun, qian, key, before):
    Budget.objects.update(state=before, was_submitted=True, approved_hash="0" * 64)
    who = {Role.CLERK: wang, Role.REVIEWER: sun, Role.PUBLISHER: qian}[TRANSITIONS[key].role]
    answer = step(who, ready, key, "原因")
    if before in TRANSITIONS[key].sources:
        assert (answer.status_code, state(ready)) == (302, TRANSITIONS[key].target)
    else:
        assert (answer.status_code, state(ready)) == (409, before)


# Others are a moment earlier: between the page's look at the budget and the step itself.


def test_who_publishes_a_moment_too_late_is_told_so(ready, wang, sun, qian, monkeypatch):
    step(wang, ready, "submit")
    step(sun, ready, "approve")
    really = publishing.publish

    def after_others(budget, **said):
        really(Budget.objects.get(pk=budget.pk))
        return really(budget, **said)

    monkeypatch.setattr(publishing, "publish", after_others)
    answer = publish(qian, ready)
    assert answer.status_code == 409 and "已经公开了，不用再公开。" in answer.content.decode()
    assert Publication.objects.count() == 1


def test_who_takes_a_step_a_moment_too_late_is_told_so(ready, wang, monkeypatch):
    really = steps.take

    def after_others(*asked):
        Budget.objects.update(state=State.SUBMITTED)
        return really(*asked)

    monkeypatch.setattr(steps, "take", after_others)
    answer = step(wang, ready, "submit")
    assert answer.status_code == 409 and "请刷新页面" in answer.content.decode()


# Commands.


def run(name, *args, **options):
    try:
        call_command(name, *args, **options)
    except CommandError as refusal:
        return refusal.returncode, str(refusal)
    return 0, ""


def test_the_command_publishes_what_is_approved(ready, wang, sun):
    assert run("publish_budget", "130324", "909", "2024")[0] == 1
    step(wang, ready, "submit")
    step(sun, ready, "approve")
    assert run("publish_budget", "130324", "909", "2024")[0] == 0 and state(ready) == State.PUBLISHED


def test_the_command_explains_each_error_by_itself(township):
    code, said = run("publish_budget", "130324", "909", "2024", explain=["I24=漏填"])
    assert code == 1 and "没有审核通过" in said and not township.explanations.exists()
    run("publish_budget", "130324", "909", "2024", explain=["I24=漏填"], break_glass="急用")
    assert {one.rule for one in township.explanations.all()} == {"I24"}
    assert "没有经过审核和签批就公开，原因：急用" in Publication.objects.get().content
    for wrong, sentence in (("I24", "看不懂"), ("I99=x", "没有 I99 的错误")):
        code, said = run("publish_budget", "130324", "909", "2024", explain=[wrong])
        assert code == 1 and sentence in said


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        ({"role": "clerk", "of": ["130324/909"]}, 0, ""),
        ({"role": "reviewer", "of": ["130324"]}, 0, ""),
        ({"role": "administrator"}, 0, ""),
        ({"role": "clerk"}, 1, "经办人要写管哪个单位"),
        ({"role": "clerk", "of": ["130324"]}, 1, "经办人要写管哪个单位"),
        ({"role": "auditor", "of": ["130324/909"]}, 1, "请写管哪个县"),
        ({"role": "administrator", "of": ["130324"]}, 1, "请不要写 --of"),
        ({"role": "clerk", "of": ["130324/999"]}, 2, "没有登记“130324/999”"),
        ({"role": "reviewer", "of": ["999999"]}, 2, "没有登记“999999”"),
    ],
)
def test_a_person_is_made_with_a_role(township, monkeypatch, args, code, sentence):
    monkeypatch.setattr("sys.stdin", io.StringIO("一个很长的好密码2024\n"))
    found, said = run("person", "赵会计", password_stdin=True, **args)
    assert found == code and sentence in said


def test_a_weak_password_makes_nobody(township, monkeypatch, django_user_model):
    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    assert run("person", "赵会计", role="clerk", of=["130324/909"], password_stdin=True)[0] == 1
    assert not django_user_model.objects.filter(username="赵会计").exists()
