"""项目 and 清单 in the back office: what a clerk does on a sheet and in a grid, with and without script."""

import re
import time
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget.admin.sheets.links import cell_url
from budget.cell import Cell, escape
from budget.documents import DOCUMENTS
from budget.drafts.door import Doing, How, Who, change, flatten, now
from budget.models import Budget, Indicator, Line, Project, State
from tests.budget.people import body, township, wang

__all__ = ["township", "wang"]
pytestmark = pytest.mark.django_db


def _is_sent(at):
    """Whether a browser sends an input that nobody has touched."""
    return "checked" in at if at.get("type") in ("checkbox", "radio") else at.get("type") != "submit"


class Fields(HTMLParser):
    """What a browser sends of a page's form, and the buttons that it has."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.buttons, self.open, self.select = {}, [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "form":
            self.sent = {}
        if tag == "input" and at.get("name") and _is_sent(at):
            self.sent[at["name"]] = at.get("value", "")
        elif tag == "textarea":
            self.open, self.sent[at["name"]] = at["name"], ""
        elif tag == "select":
            self.select, self.sent[at["name"]] = at["name"], ""
        elif tag == "option" and "selected" in at:
            self.sent[self.select] = at.get("value", "")
        elif tag == "button":
            self.buttons.append(at.get("value", ""))

    def handle_data(self, data):
        if self.open:
            self.sent[self.open] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.sent[self.open] = self.sent[self.open].removeprefix("\n").replace("\n", "\r\n")
            self.open = None


def said(budget):
    return flatten(now(Budget.objects.get(pk=budget.pk)))


def address(budget, *rest):
    return "/".join(("/admin/budget/budget", str(budget.pk), *rest, ""))


def fields(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return Fields(answer.content.decode()).sent


def test_every_sheet_of_the_reference_posted_back_changes_nothing(township, wang):
    before, acts = said(township), township.acts.count()
    for project in township.projects.all():
        url = address(township, "projects", project.code)
        answer = wang.post(url, fields(wang, url) | {"do": "save"})
        assert answer.status_code == 302, re.findall('class="wrong"[^>]*>([^<]+)', answer.content.decode())
    assert said(township) == before and township.acts.count() == acts


@pytest.mark.parametrize("key", ["institutions", "procurement", "fixed_assets"])
def test_every_list_of_the_reference_posted_back_changes_nothing(township, wang, key):
    before, acts = said(township), township.acts.count()
    url = address(township, "lists", key)
    sent = fields(wang, url)
    assert len(sent) > 8
    answer = wang.post(url, sent | {"do": "save"})
    assert answer.status_code == 302, re.findall('class="wrong"[^>]*>([^<]+)', answer.content.decode())
    assert said(township) == before and township.acts.count() == acts


def test_a_sheet_made_while_others_save_is_of_one_moment(township, wang):
    """A save writes all records anew: read before it, a project would have been without the goals read after it."""
    url, other = (address(township, "projects", project(township, number).code) for number in (0, 1))
    left = [True]
    sent = fields(wang, other) | {"name": "改过的名称", "do": "save"}

    def others_save(execute, sql, *rest):
        if 'FROM "budget_goal"' in sql and left:
            left.pop()
            assert wang.post(other, sent).status_code == 302
        return execute(sql, *rest)

    with connection.execute_wrapper(others_save):
        page = fields(wang, url)
    assert not left and page["goals-1-text"] and page["seen"] == str(township.acts.latest("pk").pk)


def test_a_sheet_is_saved_while_nobody_else_changes_the_budget(township, wang):
    url = address(township, "projects", project(township).code)
    sent = fields(wang, url) | {"name": "改过的名称", "do": "save"}
    with CaptureQueriesContext(connection) as queries:
        wang.post(url, sent)
    asked = [one["sql"].removesuffix(" FOR UPDATE") for one in queries]
    holding = next(n for n, sql in enumerate(asked) if sql.endswith(f'WHERE "budget_budget"."id" = {township.pk}'))
    assert holding < min(n for n, sql in enumerate(asked) if 'FROM "budget_project"' in sql)


def wrong(answer):
    return re.findall('class="wrong"[^>]*>([^<]+)', answer.content.decode())


def project(budget, number=0):
    return budget.projects.all()[number]


def test_a_reader_of_the_county_sees_what_stands_there_and_no_field(township, wang):
    Budget.objects.update(state=State.SUBMITTED, was_submitted=True)
    page = wang.get(address(township, "projects", project(township).code)).content.decode()
    assert "武装工作经费" in page and "<textarea" not in page and "do" not in Fields(page).sent
    assert wang.post(address(township, "projects", project(township).code), {"name": "x"}).status_code == 409


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(township, wang):
    url, acts = address(township, "projects", project(township).code), township.acts.count()
    answer = wang.post(url, fields(wang, url) | {"amount": "两万", "name": "", "purpose": "新的用途", "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 200 and len(wrong(answer)) == 2 and township.acts.count() == acts
    sent = Fields(page).sent
    assert (sent["amount"], sent["name"], sent["purpose"]) == ("两万", "", "新的用途")
    assert 'aria-invalid="true"' in page


def test_a_check_while_typing_saves_nothing(township, wang):
    url, before = address(township, "projects", project(township).code), said(township)
    answer = wang.post(url, fields(wang, url) | {"amount": "2", "fiscal_funds": "1", "code": "", "do": "check"}).json()
    assert list(answer["wrong"]) == ["code"] and "相差 1.00 万元" in answer["said"]["amount"]
    assert said(township) == before


def press(client, url, page, do, **typed):
    """The page after a button: what a browser without script does."""
    answer = client.post(url, page | typed | {"do": do})
    assert answer.status_code == 200, answer.status_code
    return Fields(answer.content.decode()).sent


def test_rows_are_moved_without_script_and_nothing_is_saved_by_it(township, wang):
    url, before = address(township, "projects", project(township).code), said(township)
    page = fields(wang, url) | {"name": "改过的名称"}
    first, second = page["indicators-1-level3"], page["indicators-2-level3"]
    page = press(wang, url, page, "down indicators 1")
    assert (page["indicators-1-level3"], page["indicators-2-level3"], page["name"]) == (second, first, "改过的名称")
    page = press(wang, url, page, "remove indicators 1")
    assert page["indicators-1-level3"] == first
    page = press(wang, url, page, "add indicators")
    assert page["indicators-~rows"] == "8" and said(township) == before
    assert wang.post(url, page | {"do": "save"}).status_code == 302
    texts = list(project(township).indicators.values_list("level3", flat=True))
    assert texts[0] == first and second not in texts and len(texts) == 5 and project(township).name == "改过的名称"


def test_a_clerk_without_script_finishes_a_project_with_six_indicators(township, wang):
    """Counted as one action each: a field filled or chosen, a button pressed."""
    url = address(township, "projects", "-")
    page, actions = fields(wang, url), 1
    typed = {"code": "P-2024/1", "name": "修路", "amount": "20", "fiscal_funds": "20", "purpose": "修三公里路"}
    typed |= {f"payment_plan-{n}-percent": str(25 * n) for n in range(1, 5)} | {"goals-1-text": "路通"}
    for n in range(1, 7):
        typed |= {f"indicators-{n}-level3": f"指标{n}", f"indicators-{n}-target": f"{n}个"}
    actions += len(typed)
    assert typed.keys() <= page.keys()
    answer = wang.post(url, page | typed | {"do": "save"})
    actions += 1
    assert answer.status_code == 302 and actions == 24
    made = Project.objects.get(code="P-2024/1")
    assert [(one.level1, one.level2) for one in made.indicators.all()][4:] == [
        ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标")]  # fmt: skip
    assert [str(one.percent) for one in made.payment_plan.all()] == ["25.00", "50.00", "75.00", "100.00"]
    page = wang.get(answer.url).content.decode()
    assert "还缺" not in page and Fields(page).sent["code"] == "P-2024/1"


def test_six_indicators_from_excel_are_two_actions(township, wang):
    url = address(township, "projects", "-")
    levels = ["数量", "质量", "时效", "成本"]
    block = "\n".join(
        f"{'产出指标' if n == 0 else ''}\t{name}指标\t{name}\t\t{n}个\t依据" for n, name in enumerate(levels)
    )
    page = press(wang, url, fields(wang, url), "paste indicators", **{"indicators-~block": block})
    assert page["indicators-~rows"] == "4" and page["indicators-4-~chosen"] == '["产出指标", "成本指标"]'


def test_a_project_like_another_has_its_text_and_no_amount(township, wang):
    first = project(township)
    page = fields(wang, address(township, "projects", "-") + "?like=" + escape(first.code))
    assert (page["code"], page["name"], page["amount"]) == ("", first.name, "")
    assert page["indicators-6-level3"] == first.indicators.last().level3
    answer = wang.post(address(township, "projects", "-"), page | {"code": first.code, "do": "save"})
    assert wrong(answer) == ["已经有一个项目用了这个项目编码，请换一个。"]
    wang.post(address(township, "projects", "-"), page | {"code": "NEW", "amount": "1", "do": "save"})
    assert Project.objects.get(code="NEW").order == 19 and township.projects.count() == 19


@pytest.mark.parametrize("code", ["A/1", "-", "add", "某 项目", "%2F", "1?x#y", "..", "P.1"])
def test_any_code_has_its_own_address(township, wang, code):
    Project.objects.filter(pk=project(township).pk).update(code=code)
    page = wang.get(address(township, "projects")).content.decode()
    url = re.findall(r'<th scope="row"><a href="([^"]+)"', page)[0]
    sent = fields(wang, url)
    assert sent["code"] == code
    assert wang.post(url, sent | {"name": "改名", "do": "save"}).status_code == 302
    assert Project.objects.get(code=code).name == "改名"


def test_who_changes_a_code_moves_its_lines_in_the_same_act(township, wang):
    old = project(township)
    line = township.lines.filter(kind="project", fund="general_public_budget").first()
    Line.objects.filter(pk=line.pk).update(project=old.code)
    total = sum(township.lines.values_list("amount", flat=True))
    url = address(township, "projects", old.code)
    answer = wang.post(url, fields(wang, url) | {"code": "NEW.1", "do": "save"})
    assert answer.status_code == 302 and wang.get(answer.url).status_code == 200
    assert township.lines.get(project="NEW.1").amount == line.amount and not township.lines.filter(project=old.code)
    assert sum(township.lines.values_list("amount", flat=True)) == total
    assert {one.part for one in township.acts.first().changes.all()} == {"projects", "spending"}
    assert [one.code for one in township.projects.all()][0] == "NEW.1"


def test_a_project_is_taken_away_only_when_one_is_sure(township, wang):
    code, url = project(township).code, address(township, "projects", project(township).code)
    page = wang.post(url, {"do": "delete", "seen": township.acts.first().pk}).content.decode()
    assert "武装工作经费" in page and township.projects.filter(code=code).exists()
    assert wang.post(url, Fields(page).sent | {"do": "delete-sure"}).status_code == 302
    assert not township.projects.filter(code=code).exists() and township.projects.count() == 17
    assert wang.get(url).status_code == 404


def test_projects_are_put_in_order(township, wang):
    url = address(township, "projects")
    page = fields(wang, url)
    last = list(township.projects.values_list("code", flat=True))[-1]
    wang.post(url, page | {f"place-{escape(last)}": "0"})
    codes = list(township.projects.values_list("code", flat=True))
    assert codes[0] == last and len(codes) == 18


def test_the_list_says_what_is_missing_and_what_does_not_add_up(township, wang):
    Project.objects.filter(pk=project(township).pk).update(amount=None)
    Indicator.objects.filter(project=project(township, 1)).delete()
    page = wang.get(address(township, "projects")).content.decode()
    assert '还差 <strong class="differ">2.00</strong> 万元' in page and "有 2 个没有填完" in page
    assert "预算数" in page and "绩效指标" in page


def two_at_once(budget, part, **values):
    """Somebody else changes values of a part meanwhile."""
    there = said(budget)[part]
    wanted = {part: {key: text for key, text in (there | values).items() if text is not None}}
    assert change(budget, wanted, Doing(Who("李会计"), How.GRID)).act


def test_two_people_on_one_sheet_meet_only_where_both_changed(township, wang):
    code = project(township).code
    url = address(township, "projects", code)
    page = fields(wang, url)
    two_at_once(township, "projects", **{str(Cell("projects", code, "purpose")): "他写的"})
    assert wang.post(url, page | {"name": "我改的", "do": "save"}).status_code == 302
    now_ = project(township)
    assert (now_.name, now_.purpose) == ("我改的", "他写的")
    answer = wang.post(url, page | {"purpose": "我写的", "name": "我改的", "do": "save"})
    assert answer.status_code == 409 and "他写的" in answer.content.decode() and "我写的" in answer.content.decode()
    assert project(township).purpose == "他写的"


@pytest.mark.parametrize("theirs", ["other_funds", "name"])
def test_who_takes_away_what_another_filled_in_is_asked(township, wang, theirs):
    code = project(township).code
    url = address(township, "projects", code)
    page = Fields(wang.post(url, {"do": "delete"}).content.decode()).sent
    two_at_once(township, "projects", **{str(Cell("projects", code, theirs)): "1"})
    assert wang.post(url, page | {"do": "delete-sure"}).status_code == 409
    assert township.projects.filter(code=code).exists()


def test_who_fills_in_what_another_took_away_is_asked(township, wang):
    code = project(township).code
    url = address(township, "projects", code)
    page = fields(wang, url)
    gone = {key: None for key in said(township)["projects"] if key.startswith(str(Cell("projects", code, "")))}
    two_at_once(township, "projects", **gone)
    answer = wang.post(url, page | {"other_funds": "1", "do": "save"})
    assert answer.status_code == 409 and not township.projects.filter(code=code).exists()


def test_what_a_project_lacks_and_what_is_wrong_leads_to_its_very_field(township, wang):
    code = project(township, 1).code
    Indicator.objects.filter(project=project(township, 1)).delete()
    page = wang.get(f"/admin/budget/budget/{township.pk}/change/").content.decode()
    there = f"{address(township, 'projects', code)}#projects-{code}-indicators"
    assert f'href="{there}"' in page
    assert f'id="projects-{code}-indicators"' in wang.get(there).content.decode()


@pytest.mark.parametrize(
    ("cell", "url", "field"),
    [
        (Cell("projects", "P/1", "indicators-2-target"), "projects/P%252F1/", "projects-P%2F1-indicators-2-target"),
        (Cell("projects"), "projects/", None),
        (Cell("procurement", "2", "item"), "lists/procurement/", "procurement-2-item"),
        (Cell("procurement", "62", "item"), "lists/procurement/?first=61", "procurement-62-item"),
        (Cell("procurement", "total", "total"), "lists/procurement/", None),
        (Cell("fixed_assets", "offices", "value"), "lists/fixed_assets/", "fixed_assets-offices-value"),
    ],
)
def test_every_cell_of_lists_and_forms_has_the_address_of_its_field(township, wang, cell, url, field):
    Project.objects.filter(pk=project(township).pk).update(code="P/1")
    model = township.procurement.model
    model.objects.bulk_create(model(budget=township, order=n, item="物", project="办公") for n in range(3, 70))
    found = cell_url(township, DOCUMENTS[township.document].list_of(cell.table), cell)
    assert found.startswith(address(township) + url)
    page = wang.get(found.partition("#")[0]).content.decode()
    assert field is None or (f'id="{field}"' in page and unquote(found.partition("#")[2]) == field)


# Lists.


def test_rows_of_a_list_are_added_moved_and_taken_away(township, wang):
    url = address(township, "lists", "procurement")
    page = press(wang, url, fields(wang, url), "down rows 1")
    page = press(wang, url, page, "add rows")
    items = [page["rows-1-item"], page["rows-2-item"]]
    page |= {"rows-3-item": "打印机", "rows-3-project": "办公", "rows-3-quantity": "2", "rows-3-own_funds": "0.5"}
    assert wang.post(url, page | {"do": "save"}).status_code == 302
    rows = list(township.procurement.values_list("item", "own_funds"))
    assert [item for item, _ in rows] == [*items, "打印机"] and rows[-1][1] == Decimal(5000)
    page = fields(wang, url)
    answer = wang.post(url, page | {"rows-1-item": "", "rows-2-unit_price": "贵", "do": "save"})
    assert [text.split("：")[0].strip("。") for text in wrong(answer)] == ["请填写采购物品名称", "单价"]
    checked = wang.post(url, page | {"rows-3-own_funds": "0.7", "do": "check"}).json()
    assert checked["sums"]["rows-3-total"] == "0.70" and checked["wrong"] == {}


def test_fixed_assets_are_their_rows_and_a_date(township, wang):
    url = address(township, "lists", "fixed_assets")
    page = fields(wang, url)
    assert page["rows-~rows"] == "6" and page["as_of"]
    sent = page | {"as_of": "2023-12-31", "rows-2-quantity": "1", "rows-1-kind": "other", "do": "save"}
    assert wang.post(url, sent).status_code == 302
    assert str(Budget.objects.get().assets_as_of) == "2023-12-31" and township.fixed_assets.count() == 6
    answer = wang.post(url, fields(wang, url) | {"as_of": "去年底", "do": "save"})
    assert wrong(answer) == ["日期请写成 2024-12-31 这样。"]


def test_an_empty_list_of_fixed_rows_offers_them_all(township, wang):
    township.fixed_assets.all().delete()
    url = address(township, "lists", "fixed_assets")
    page = fields(wang, url)
    wang.post(url, page | {"rows-4-quantity": "3", "do": "save"})
    assert [(one.kind, one.quantity) for one in township.fixed_assets.all()] == [("vehicles", 3)]


@pytest.fixture
def next_year(township):
    """The same body's budget of the year after, in which nothing stands yet."""
    return Budget.objects.create(department=body("130324"), year=2025, document=township.document)


def test_projects_of_last_year_are_taken_by_ticking(township, next_year, wang):
    url = address(next_year, "from-last-year", "projects")
    assert wang.get(url).content.decode().count("checked") == 18
    first, second = project(township).code, project(township, 1).code
    answer = wang.post(url, {"row": [second, first, "forged"]})
    assert answer.status_code == 302
    taken = list(next_year.projects.values_list("code", "amount"))
    assert taken == [(first, None), (second, None)] and project(next_year).indicators.count() == 6
    assert next_year.acts.first().how == How.COPY
    wang.post(url, {"row": [first]})
    assert next_year.projects.count() == 2


def test_rows_of_last_years_list_are_taken_by_ticking(township, next_year, wang):
    wang.post(address(next_year, "from-last-year", "institutions"), {"row": ["2"]})
    assert [one.name for one in next_year.institutions.all()] == [township.institutions.all()[1].name]


def test_lists_and_forms_that_are_not_declared_do_not_exist(township, wang):
    for rest in (["lists", "nothing"], ["lists", "projects"], ["from-last-year", "nothing"], ["projects", "nothing"]):
        assert wang.get(address(township, *rest)).status_code == 404, rest


# Large ones.


def large(budget, projects=300, indicators=40):
    model = budget.procurement.model
    model.objects.bulk_create(
        model(budget=budget, order=n, item=f"物品{n}", project="办公", own_funds=n) for n in range(10, 310)
    )
    made = Project.objects.bulk_create(
        Project(budget=budget, code=f"L{n}", name=f"项目{n}", amount=100, order=100 + n) for n in range(projects)
    )
    Indicator.objects.bulk_create(
        Indicator(project=one, order=n + 1, level1="产出指标", level2="数量指标", level3=f"指标{n}", target="3个")
        for one in made
        for n in range(indicators)
    )


@pytest.mark.parametrize("rest", [["projects"], ["projects", "L7"], ["lists"], ["lists", "procurement"]])
def test_large_budgets_are_drawn_with_few_queries(township, wang, rest):
    large(township)
    wang.get(address(township, *rest))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        begun = time.perf_counter()
        assert wang.get(address(township, *rest)).status_code == 200
        took = time.perf_counter() - begun
    print(rest, len(queries), f"{took * 1000:.0f} ms")
    assert len(queries) <= 25


def test_a_long_list_comes_in_pages_that_fit(township, wang):
    model = township.procurement.model
    township.procurement.all().delete()
    model.objects.bulk_create(model(budget=township, order=n, item=f"物品{n}", project="办公") for n in range(1, 131))
    url = address(township, "lists", "procurement")
    sent = fields(wang, url + "?first=61")
    assert len(sent) < 5000 and sent["rows-1-item"] == "物品61" and sent["first"] == "61"
    wang.post(url, sent | {"rows-1-item": "改了", "rows-2-item": "", "rows-2-project": "", "do": "save"})
    items = list(township.procurement.values_list("item", flat=True))
    assert len(items) == 129 and items[59:62] == ["物品60", "改了", "物品63"]
