"""The three people of every back office test: 王会计 keeps the books, 李旁人 has an account, a stranger has none."""

from functools import lru_cache

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from budget.admin.login.second_factor import KEY, NEEDED_BY
from budget.checks.ledger import check, findings_of
from budget.documents import DOCUMENTS
from budget.drafts.door import Doing, How, Who, change, explained, now, said_of
from budget.drafts.flat import EXPLANATIONS
from budget.drafts.load import load, names_of
from budget.drafts.save import save
from budget.drafts.states import APPROVE, lacks_of, move
from budget.finding import Level
from budget.models import Budget, Department, Post, Region, Role, Section
from budget.regions import region_name
from tests.budget.conftest import original, read_original
from tests.snapshot import put_back


def with_second_factor(client):
    """The same client, its person's telephone enrolled and its digits given."""
    device, _ = TOTPDevice.objects.get_or_create(user=client.user, defaults={"name": "手机"})
    session = client.session
    session[KEY] = device.pk
    session.save()
    return client


def signed_in(name):
    """A client of a member of staff."""
    user = User.objects.create_user(name, is_staff=True)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


BODIES = {"130324": ("909", "卢龙县刘家营乡人民政府"), "310107": ("210", "上海市普陀区人民政府万里街道办事处")}


def body(code):
    """The body of a county, under the same number in every test."""
    region, _ = Region.objects.get_or_create(code=code, defaults={"name": region_name(code)})
    unit, name = BODIES[code]
    return Department.objects.get_or_create(pk=int(code), region=region, unit=unit, defaults={"name": name})[0]


def post(client, role, *regions):
    """Give somebody a role: a clerk for the body of each of these counties, any other for the counties."""
    for code in regions:
        department = body(code)
        where = {"department": department} if role == Role.CLERK else {"region": department.region}
        Post.objects.get_or_create(user=client.user, role=role, **where)
    return with_second_factor(client) if role in NEEDED_BY else client


@pytest.fixture
def wang(db):
    """王会计: the clerk of 刘家营乡 and of 万里街道."""
    return post(signed_in("王会计"), Role.CLERK, *BODIES)


@pytest.fixture
def owner(db):
    """The server's owner, a superuser."""
    client = signed_in("服务器的主人")
    User.objects.update(is_superuser=True)
    client.user.refresh_from_db()
    return with_second_factor(client)


@pytest.fixture
def administrator(db):
    """陈管理: keeps the accounts."""
    client = signed_in("陈管理")
    Post.objects.create(user=client.user, role=Role.ADMINISTRATOR)
    return with_second_factor(client)


@pytest.fixture
def sun(db):
    """孙审核, the county's reviewer."""
    return post(signed_in("孙审核"), Role.REVIEWER, "130324")


@pytest.fixture
def qian(db):
    """钱公开, the county's publisher."""
    return post(signed_in("钱公开"), Role.PUBLISHER, "130324")


@pytest.fixture
def li(db):
    """李旁人: may log in, and nothing else."""
    return signed_in("李旁人")


@pytest.fixture
def stranger(db):
    """Somebody without an account."""
    return Client()


@lru_cache
def reading(name):
    """A real file, read once for all tests; saving does not change it."""
    return read_original(name)


def saved(name):
    """The draft of a real file."""
    body(reading(name).entries.region)
    return put_back(name, lambda: save(reading(name), original(name), name).budget)


@pytest.fixture
def township(db):
    """刘家营乡's draft, from its Word document: everything is in it."""
    return saved("liujiaying-2024.docx")


def complete(budget):
    """What a person fills in before a budget goes out: its dates, its signatures, the sections that the file lacks."""
    Budget.objects.filter(pk=budget.pk).update(
        approved_on="2024-02-01", secrecy_reviewed_by="赵主任", secrecy_reviewed_on="2024-02-05",
        signed_by="张乡长", signed_on="2024-02-06",
    )  # fmt: skip
    budget.refresh_from_db()
    for lack in lacks_of(budget):
        if lack.key.startswith("section "):
            number = int(lack.key.split()[1])
            title = DOCUMENTS[budget.document].narrative.titles[number - 1]
            Section.objects.update_or_create(budget=budget, number=number, defaults={"title": title, "text": "无。"})


def errors(budget):
    """Each error of a draft, by itself."""
    found = findings_of(check(load(budget), names_of(budget)))
    return [one for finding in found if finding.level == Level.ERROR for one in finding.alone]


def explain_all(budget):
    """Say of each error why it may stand."""
    texts = {one.fingerprint: said_of(one, "漏填。", "王会计") for one in errors(budget)}
    change(budget, {EXPLANATIONS: explained(now(budget), texts)}, Doing(Who("王会计"), How.EXPLAIN))


@pytest.fixture
def ready(db):
    """刘家营乡's draft with nothing lacking: what stays wrong is explained."""
    return put_back("ready", _ready)


def _ready():
    budget = saved("liujiaying-2024.docx")
    complete(budget)
    explain_all(budget)
    assert lacks_of(budget) == []
    return budget


def approved(budget, by=None):
    """Somebody has approved what the budget says now."""
    budget.refresh_from_db()
    move(budget, APPROVE, Doing(Who("孙审核"), How.STATE), by)
    budget.refresh_from_db()
