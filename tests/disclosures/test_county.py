"""各单位: who is where, counted from each approval; what a person may not see of a draft stays unseen."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from budget.models import COUNTY_ROLES, Budget, Post, Role, State
from disclosures.county.standing import standings, timeliness
from disclosures.models import Publication
from tests.budget.people import owner, post, qian, signed_in, sun, with_second_factor
from tests.disclosures import county

__all__ = ["owner", "qian", "sun"]
pytestmark = pytest.mark.django_db
BOARD = "/admin/county/?year=2024"


def rows_of(client, query=""):
    """{body: the words of its row}"""
    page = client.get(BOARD + query).content.decode()
    rows = re.findall(r"<tr[^>]*>(?:<td class=\"choose\">.*?</td>)?(<td class=\"code\">.*?</tr>)", page, re.S)
    cells = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)] for row in rows
    ]
    return {name: words for _, name, *words in cells}


def names(client, query=""):
    return list(rows_of(client, query))


@pytest.fixture
def many(sun):
    """A body for each state, and one that has not begun; their approvals 30 days ago."""
    found = county.bodies(len(State) + 1)
    states = dict(zip(State.values, found, strict=False))
    Budget.objects.bulk_create(county.budget(body, state, approved=30) for state, body in states.items())
    Publication.objects.bulk_create(
        county.publication(states[state], days_ago=25) for state in (State.PUBLISHED, State.WITHDRAWN)
    )
    return {state: body.name for state, body in states.items()} | {"none": found[-1].name}


def test_every_body_stands_on_one_line_with_its_state_and_time(sun, many):
    rows = rows_of(sun)
    for state, name in many.items():
        label = State(state).label if state != "none" else "没有开始"
        assert rows[name][0] == label, name
    assert rows[many["draft"]][2].startswith("逾期 10 天，最晚") and rows[many["none"]][2] == ""
    assert rows[many["published"]][2] == "" and rows[many["published"]][3]


def test_what_is_overdue_stands_first_and_every_filter_is_a_link(sun, many):
    page = sun.get(BOARD).content.decode()
    assert "4 个单位逾期没有公开" in page and "1 份等您审核" in page and "等您公开" not in page
    for query in re.findall(r'<a href="\?([^"]+)"', page):
        assert sun.get(f"/admin/county/?{query.replace('&amp;', '&')}").status_code == 200
    assert set(names(sun, "&show=overdue")) == {many[s] for s in ("draft", "submitted", "returned", "approved")}
    for state, name in many.items():
        assert names(sun, f"&show={state}") == [] or name in names(sun, f"&show={state}")
    assert many["none"] in names(sun, "&show=none") and many["draft"] not in names(sun, "&show=none")


@pytest.mark.parametrize("days", [-5, -1, 0, 1, 19, 20, 21, 100])
def test_days_are_counted_from_each_approval(sun, days):
    (body,) = county.bodies(1)
    county.budget(body, approved=days).save()
    left = 20 - days
    words = rows_of(sun)[body.name][2].split("，")[0]
    assert words == ("今天是最后一天" if left == 0 else f"还有 {left} 天" if left > 0 else f"逾期 {-left} 天")


@pytest.mark.parametrize(("published", "in_time"), [(0, True), (20, True), (21, False), (-1, True)])
def test_timeliness_is_the_share_within_twenty_days(sun, published, in_time):
    one, other, open_still, unknown = county.bodies(4)
    county.budget(one, State.PUBLISHED, approved=40).save()
    county.publication(one, days_ago=40 - published).save()
    county.publication(one, days_ago=1, version=2).save()  # a correction is not when it was published
    county.budget(other, State.DRAFT, approved=40).save()  # overdue: decided
    county.budget(open_still, State.DRAFT, approved=3).save()
    county.budget(unknown, State.DRAFT).save()  # nor is anything known of 刘家营乡, which has not begun
    found = timeliness(standings(county.region(), county.YEAR, "department_budget", sun.user))
    assert found == (int(in_time), 2, 2) and found.percent == (50 if in_time else 0)


def test_a_correction_under_way_and_one_that_was_made_are_told(sun):
    one, other = county.bodies(2)
    county.budget(one, State.RETURNED, approved=30).save()
    county.budget(other, State.PUBLISHED, approved=30).save()
    Publication.objects.bulk_create(
        [county.publication(one, 15), county.publication(other, 15), county.publication(other, 1, version=2)]
    )
    rows = rows_of(sun)
    assert "更正中，原来的还在公开" in rows[one.name][0] and "现为第 2 版" in rows[other.name][3]
    assert names(sun, "&show=corrected") == [other.name] and names(sun, "&show=overdue") == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR])
def test_of_a_draft_its_state_and_date_are_seen_and_nothing_leads_to_it(many, role):
    client = post(signed_in(role.label), role, "130324")
    page = client.get(BOARD).content.decode()
    for one in Budget.objects.select_related("department"):
        linked = reverse("admin:budget_budget_change", args=[one.pk]) in page
        assert linked == Budget.objects.visible_to(client.user).filter(pk=one.pk).exists()
        assert one.department.name in page


def test_whoever_decides_comes_to_the_very_page(many, sun, qian):
    submitted, approved = (Budget.objects.get(state=state) for state in (State.SUBMITTED, State.APPROVED))
    decides = (
        reverse("admin:budget_review", args=[submitted.pk]),
        reverse("admin:disclosures_publish", args=[approved.pk]),
    )
    there = [[address in client.get(BOARD).content.decode() for address in decides] for client in (sun, qian)]
    assert there == [[True, False], [True, True]]


def test_the_workbook_holds_the_same_rows_as_text(sun, many):
    body = county.Department.objects.get(name=many["submitted"])
    body.name = '=HYPERLINK("http://x")乡'
    body.save()
    for query in ("", "&show=overdue", "&show=none"):
        answer = sun.get(f"/admin/county/board.xlsx?year=2024{query}")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        found = [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=3)]
        shown = rows_of(sun, query)
        assert [row[1] for row in found] == [name.replace("&quot;", '"') for name in shown]
        assert [row[2] for row in found] == [words[0] for words in shown.values()]
        assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("address", ["/admin/county/", "/admin/county/board.xlsx"])
def test_who_may_see_it(owner, sun, many, address, client):
    stranger, clerk = signed_in("李旁人"), post(signed_in("王会计"), Role.CLERK, "130324")
    assert client.get(address).status_code == 302
    assert [one.get(address).status_code for one in (stranger, clerk, sun, owner)] == [403, 403, 200, 200]
    assert sun.get(f"{address}?region=310107").status_code == 404
    for bad in ("year=24", "year=x", "year=²⁰²⁴", "document=x", "show=x", "region="):
        assert sun.get(f"{address}?{bad}").status_code == 404
    assert sun.post(address).status_code == 405
    Post.objects.all().delete()
    assert sun.get(address).status_code == 403


@pytest.mark.parametrize("role", Role.values)
def test_the_county_begins_with_its_board(role):
    client = signed_in(role)
    if role == Role.ADMINISTRATOR:
        Post.objects.create(user=client.user, role=role)
        with_second_factor(client)
    else:
        post(client, role, "130324")
    begins = {Role.CLERK: "", Role.ADMINISTRATOR: "/admin/people/"}
    assert getattr(client.get("/admin/"), "url", "") == begins.get(role, "/admin/county/")
    assert ("/admin/county/" in client.get("/admin/password_change/").content.decode()) == (role in COUNTY_ROLES)


def test_another_countys_bodies_are_not_there(sun, many):
    county.region("310107", "普陀区")
    other = county.bodies(3, "310107")
    county.budget(other[0], State.SUBMITTED, approved=50).save()
    assert len(names(sun)) == len(many) + 1  # 刘家营乡
    post(sun, Role.AUDITOR, "310107")
    assert len(names(sun, "&region=310107")) == 4 and "普陀区" in sun.get(BOARD).content.decode()


def test_six_hundred_bodies_cost_no_more_queries(sun):
    found = county.bodies(600)
    for year in range(2020, 2025):
        Budget.objects.bulk_create(
            county.budget(body, State.values[n % 6], approved=n % 40, year=year) for n, body in enumerate(found)
        )
    with CaptureQueriesContext(connection) as queries:
        answer = sun.get(BOARD)
    assert answer.status_code == 200 and len(queries) <= 25
    assert answer.content.decode().count("第600乡") == 1
