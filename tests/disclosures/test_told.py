"""What public pages and files say in words: no key, no account, no nil told as money, no link to nothing."""

import csv
import html
import io
import re
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest
from openpyxl import load_workbook

from budget.cell import Cell
from budget.checks.ledger import check, findings_of
from budget.drafts.load import load, names_for
from budget.models import Explanation
from disclosures import page_views
from disclosures.content import upgrade
from disclosures.outputs import OUTPUTS
from disclosures.pages import summary
from disclosures.pages.disclosure import Disclosure
from disclosures.publish import NotPublished, draft, publish
from tests.budget.keys import raw_keys
from tests.budget.people import saved
from tests.disclosures.conftest import ROOT
from tests.disclosures.test_formats import every_page
from tests.disclosures.test_pages import page, words

WORD = "liujiaying-2024.docx"
STREET = "/310107/210/2023/"


# Keys.


def seen(client, publication):
    """{page or file: what a reader of it sees} of a publication and of what lies around it."""
    found = {path: page(client, path, publication.address) for path in every_page(publication)}
    around = ("/", f"/{publication.region}/{publication.unit}/", "/glossary/", "/nowhere/")
    found |= {path: client.get(path).content.decode() for path in around}
    return {where: html.unescape(words(text)) for where, text in found.items()} | files(client, publication)


def files(client, publication):
    """{file: its texts} of the downloads; JSON is made of keys, and the last column of 核对情况 holds addresses."""
    book = load_workbook(io.BytesIO(client.get(f"{publication.address}disclosure.xlsx").content))
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{publication.address}disclosure.csv").content))
    found = {sheet.title: " ".join(_texts(sheet)) for sheet in book}
    return found | {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def _texts(sheet):
    addresses = {cell.column for row in sheet for cell in row if cell.value == "数据编号"}
    cells = (cell for row in sheet for cell in row if isinstance(cell.value, str))
    return [cell.value for cell in cells if cell.column not in addresses or not _is_address(cell.value)]


def _is_address(text):
    return str(Cell.parse(text)) == text and "-" in text


@pytest.mark.parametrize("budget", ["township", "street"])
def test_no_page_and_no_file_shows_a_key(budget, request, client):
    publication = request.getfixturevalue(budget)
    found = seen(client, publication)
    assert len(found) > 30
    assert {where: keys for where, text in found.items() if (keys := raw_keys(text))} == {}


def test_lines_in_the_csv_are_in_words(township, client):
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{ROOT}disclosure.csv").content))
    lines = list(csv.DictReader(io.StringIO(archive.read("预算明细（元）.csv").decode("utf-8-sig"))))
    (running,) = (line for line in lines if line["账"] == "“三公”经费")
    assert (running["“三公”经费项目"], running["资金性质或来源"], running["上年结转"], running["金额（元）"]) == (
        "公务用车运行维护费",
        "一般公共预算",
        "否",
        "223900.00",
    )


# Accounts.


@pytest.mark.parametrize("account", ["root", "服务器管理员 root", "clerk_3", "系统管理员"])
def test_nothing_is_published_under_an_account(db, account):
    with pytest.raises(NotPublished, match=account):
        publish(saved(WORD), account, "说明")


@pytest.mark.parametrize(("by", "said"), [("", "卢龙县刘家营乡人民政府"), ("卢龙县财政局", "卢龙县财政局")])
def test_the_command_publishes_under_the_name_of_an_office(db, client, by, said):
    saved(WORD)
    call_command("publish_budget", "130324", "909", "2024", break_glass="合计漏填。", by=by)
    assert f"公开人：{said} " in words(page(client))
    assert "管理员" not in page(client)


def test_the_command_refuses_an_account(db):
    saved(WORD)
    with pytest.raises(CommandError) as refusal:
        call_command("publish_budget", "130324", "909", "2024", break_glass="合计漏填。", by="root")
    assert refusal.value.returncode == 1 and "系统账号" in str(refusal.value)


def test_an_explanation_is_published_under_a_name_and_its_account_is_kept_inside(db, client):
    budget = saved(WORD)
    found = findings_of(check(load(budget), names_for(2024)))
    for fingerprint in {one for finding in found for one in finding.fingerprints}:
        budget.explanations.create(fingerprint=fingerprint, rule="I24", message="…", text="漏填", by="clerk")
    publish(budget, break_glass="测试")
    for path in ("checks/", "tables/9/"):
        assert "漏填（卢龙县刘家营乡人民政府，" in words(page(client, path)) and "clerk" not in page(client, path)
    assert set(Explanation.objects.values_list("by", flat=True)) == {"clerk"}


def test_what_was_published_under_an_account_is_read_under_its_office(township):
    stored = Disclosure(township).content
    old = stored | {
        "publication": stored["publication"] | {"published_by": "服务器管理员 root"},
        "findings": [
            finding | {"explanation": {"text": "漏填", "by": by, "at": "2024-03-01", "accepted": False}}
            for finding, by in zip(stored["findings"], ("clerk", "王会计"), strict=False)
        ],
    }
    now = upgrade(old)
    assert now["publication"]["published_by"] == "卢龙县刘家营乡人民政府"
    assert [f["explanation"]["by"] for f in now["findings"]] == ["卢龙县刘家营乡人民政府", "王会计"]
    assert old["publication"]["published_by"] == "服务器管理员 root" and upgrade(now) is now


# Nil and blank.


def opening(budget):
    """The opening paragraph of a draft, as it is heard."""
    return "".join(part["text"] for part in summary.sentences(Disclosure(draft(budget)))).replace(" ", "")


def three_public(budget, **amounts):
    """The draft with these items of table 9, in yuan; items that are not named have no line."""
    budget.lines.filter(book="three_public").delete()
    for item, amount in amounts.items():
        budget.lines.create(book="three_public", fund="general_public_budget", item=item, amount=amount)
    return opening(budget)


def test_nil_and_blank_items_are_left_out_of_a_list(db):
    budget = saved(WORD)
    said = three_public(budget, abroad=0, vehicle_running=223_900, reception=10_000)
    assert said.endswith("“三公”经费23.39万元，其中公务用车运行维护22.39万元、公务接待1.00万元。")
    said = three_public(budget, abroad=0, vehicle_purchase=0, vehicle_running=223_900, reception=0)
    assert said.endswith("“三公”经费22.39万元，全部是公务用车运行维护费。")
    for none in ({"abroad": 0, "reception": 0}, {}):  # printed as nil, or an empty table whose note says so
        assert three_public(budget, **none).endswith("没有安排“三公”经费。")


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ({"basic": 0, "project": 1}, "没有安排基本支出，办具体事情的项目支出"),
        ({"basic": 1, "project": 0}, "。人员工资和日常办公等基本支出"),
        ({"basic": None, "project": 1}, "。办具体事情的项目支出"),
        ({"basic": None, "project": None}, "。钱花得最多的是"),
    ],
)
def test_a_nil_kind_of_spending_is_not_arranged_and_a_blank_one_is_not_told(township, amounts, said):
    disclosure = Disclosure(township)
    for column, amount in amounts.items():
        cell = Cell("t3", "total", column)
        if amount is None:
            del disclosure.amounts[cell]
        elif not amount:
            disclosure.amounts[cell] = "0.00"
    told = "".join(part["text"] for part in summary.sentences(disclosure)).replace(" ", "")
    assert said in told and "0.00万元" not in told.replace("70.00万元", "")


def test_nothing_is_said_to_be_nil_in_the_opening_of_a_budget_of_nils(db):
    budget = saved(WORD)
    budget.lines.update(amount=0)
    budget.projects.update(amount=0, fiscal_funds=0, other_funds=0)
    said = opening(budget)
    assert "没有安排基本支出" in said and "没有安排项目支出" in said and "没有安排“三公”经费" in said
    assert "最大的是" not in said and "花得最多" not in said and said.count("0.00") == 1  # the whole itself


def drawn(budget, view, **where):
    """What a page of the draft says."""
    request = HttpRequest()
    request.method, request.path = "GET", "/"
    return words(view(request, Disclosure(draft(budget)), **where).content.decode())


def test_a_project_names_only_the_money_that_it_has(db):
    budget = saved(WORD)
    project = budget.projects.get(code="13032424P00442810410K")
    project.fiscal_funds, project.other_funds = 0, project.amount
    project.save()
    said = drawn(budget, page_views.record, key="projects", row=project.code).replace(" ", "")
    assert "预算2.00万元，其中其他资金2.00万元。" in said and "财政资金" not in said.split("要达到")[0]


def test_projects_without_any_amount_have_no_total(db):
    budget = saved(WORD)
    budget.projects.update(amount=None)
    said = drawn(budget, page_views.records, key="projects")
    assert "18 个项目。" in said and "0.00 万元" not in said


# Links to nothing.


def links(text):
    """{address: its words} of the links in a page's content and contents list."""
    return {
        to: words(said).strip() for to, said in re.findall(r'<a [^>]*href="([^"#]+)[^"]*"[^>]*>(.*?)</a>', text, re.S)
    }


def test_what_a_budget_has_not_is_not_linked(street, client):
    for path in ("", "checks/", "tables/1/"):
        targets = set(links(page(client, path, STREET)))
        assert not {f"{STREET}{gone}/" for gone in ("narrative", "projects", "procurement", "fixed-assets")} & targets


def test_what_is_asked_for_all_the_same_says_what_is_missing(street, client):
    missing = {
        "narrative/": "这份预算没有公开文字说明。",
        "projects/": "这份预算没有项目。",
        "procurement/": "这份预算没有这张表的内容。",
        "fixed-assets/": "这份预算没有这张表的内容。",
        "tables/7/": "空表列示",
        "tables/7/checks/": "这张表没有核对过的数。",
    }
    assert {path: said for path, said in missing.items() if said not in words(page(client, path, STREET))} == {}


def test_an_empty_table_is_listed_with_its_note_and_has_no_link_to_its_checks(township, client):
    assert "国有资本经营预算财政拨款支出表 空" in words(page(client)).replace("  ", " ")
    assert f"{ROOT}tables/7/checks/" not in links(page(client, "tables/7/"))
    assert f"{ROOT}tables/5/checks/" in links(page(client, "tables/5/"))


def test_a_section_without_words_says_so_in_the_list_and_on_its_page(db):
    budget = saved(WORD)
    budget.sections.filter(number__in=(3, 7)).update(text="")
    listed, third, seventh = (drawn(budget, page_views.section, number=number) for number in (1, 3, 7))
    assert "三、机关运行经费安排情况 无文字" in listed and "及绩效目标 无文字 七" in listed
    assert "七、部门项目预算安排情况及绩效目标 八" in listed  # its projects stand there
    assert "单位没有写这一部分的文字。" in third
    assert "单位没有写" not in seventh and "18 个项目的绩效目标" in seventh


# Outcomes.


def test_a_rule_with_a_notice_is_told_the_same_on_the_page_and_in_the_workbook(street, client):
    said = words(page(client, "checks/", STREET))
    assert "相符，另有 2 条提示" in said and "37 项相符（其中 2 项另有提示）。" not in said
    assert "37 项核对过：37 项相符（其中 2 项另有提示）；另有 12 项缺数" in said and " 0 项" not in said
    book = load_workbook(io.BytesIO(OUTPUTS["xlsx"].write(Disclosure(street).content)))
    rows = {row[0]: row[1] for row in book["核对情况"].iter_rows(values_only=True) if row[1]}
    assert rows["I45"] == "相符，另有 1 条提示" and rows["I01"] == "相符"
    assert {e["rule"]: e["outcome"] for e in Disclosure(street).content["ledger"]}["I45"] == "passed"
