"""Public pages: what a citizen finds, and that nobody finds a draft."""

import gzip
import json
import re

import pytest
from django.contrib.auth.models import Permission

from budget.documents.department_budget.tables import TABLES
from disclosures.models import Publication
from disclosures.publish import publish
from tests.budget.people import saved
from tests.disclosures.conftest import ROOT

PROJECT = "projects/13032424P00442810410K/"
PAGES = [
    "",
    "tables/",
    *(f"tables/{t.number}/" for t in TABLES),
    "narrative/",
    *(f"narrative/{n}/" for n in range(1, 12)),
    "projects/",
    PROJECT,
    "procurement/",
    "fixed-assets/",
    "institutions/",
    "checks/",
]


def page(client, path="", root=ROOT):
    """The text of a page that must be there."""
    response = client.get(root + path)
    assert response.status_code == 200, (root + path, response.status_code)
    return response.content.decode()


def words(html):
    """A page as its reader hears it: without tags, spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def cell(html, anchor):
    """What stands in the cell with this anchor."""
    return words(re.search(rf'<td id="{anchor}"[^>]*>(.*?)</td>', html)[1]).strip()


def test_the_home_page_leads_to_departments_and_years(township, client):
    html = page(client, root="/")
    assert "卢龙县刘家营乡人民政府" in html and 'href="/130324/909/2024/"' in html


def test_an_empty_portal_says_so(db, client):
    assert "还没有单位公开预算" in page(client, root="/")


def test_a_department_lists_its_years_and_versions(township, client):
    html = words(page(client, root="/130324/909/"))
    assert "2024 年部门预算" in html and "第 1 版" in html and "漏填" in html


def test_the_disclosure_opens_with_what_a_citizen_asks(township, client):
    said = words(page(client)).replace(" ", "")
    assert "2024年收入和支出各1,337.87万元（收入里有上年结转70.00万元）" in said
    assert "基本支出708.99万元，办具体事情的项目支出628.88万元" in said
    assert "18个项目里最大的是“村级支出”，192.91万元" in said
    assert "“三公”经费22.39万元，全部是公务用车运行维护费" in said


def test_figures_in_the_opening_lead_to_their_cells(township, client):
    html = page(client)
    for address, anchor in re.findall(rf'<a href="{ROOT}(tables/\d/)#(t[^"]+)" class="amount">', html):
        assert f'id="{anchor}"' in page(client, address)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_at_both_addresses(township, client, path):
    assert page(client, path) and page(client, path, ROOT + "v1/")


def test_the_contents_lead_to_every_page(township, client):
    html = page(client)
    listed = set(re.findall(rf'href="{ROOT}([a-z0-9/-]+/)"', html))
    assert listed >= set(PAGES) - {"", PROJECT}
    projects = re.findall(rf'href="{ROOT}(projects/\w+/)"', page(client, "projects/"))
    assert len(projects) == 18 and PROJECT in projects


def test_every_figure_of_the_content_is_on_its_page_with_its_anchor(township, client):
    for table in json.loads(township.content)["tables"]:
        html = page(client, f"tables/{table['number']}/")
        figures = [
            (half["key"], column["key"], amount)
            for row in table["rows"]
            for side, half in zip(table["sides"], row["sides"], strict=True)
            if half["key"]
            for column, amount in zip(side["columns"], half["amounts"], strict=True)
        ]
        for row, column, amount in figures:
            shown = cell(html, f"t{table['number']}-{row}-{column}").split(" ")[0]
            assert shown == ("" if amount is None else f"{float(amount) / 10000:,.2f}")


def test_headings_are_merged_and_numbered_as_printed(township, client):
    html = page(client, "tables/2/")
    assert '<th class="n" scope="col" rowspan="2">序号</th>' in html and 'scope="colgroup" colspan="8">本年收入' in html
    assert "栏次" in html and "单位：万元" in html and "来源：卢龙县刘家营乡人民政府2024年部门预算，第1版" in html


def test_an_empty_table_says_what_it_means(township, client):
    assert "注：无政府基金预算财政拨款预算，空表列示。" in page(client, "tables/7/")


def test_what_does_not_agree_stands_at_the_figure(township, client):
    html = page(client, "tables/9/")
    assert cell(html, "t9-total-total") == "22.39 注1" and 'href="#t9-n1"' in html and 'id="t9-n1"' in html
    assert cell(html, "t9-vehicles-general_public_budget") == "22.39 注1" and "注2" not in html
    assert "表9“合计”的“合计”是空白，表9“公务用车运行维护费”的“合计”是 22.39万元。" in html
    assert "请补上" not in html and "同样空白的还有 5 处" in html


def test_the_asset_total_stands_as_printed_beside_the_sum_of_its_rows(township, client):
    html = page(client, "fixed-assets/")
    assert cell(html, "fixed_assets-total-value") == "2,337.09 注1"
    said = words(html).replace(" ", "")
    assert "单位印的资产总额2,337.09万元，各项之和2,646.68万元，相差309.59万元" in said and "截至2023-12-31" in said


def test_a_project_shows_its_goals_plan_and_indicators(township, client):
    said = words(page(client, PROJECT))
    assert all(
        text in said for text in ("武装工作经费", "2.00 万元", "保障武装工作正常运转", "3月底", "25%", "国防宣传")
    )


def test_the_payment_plan_is_drawn_to_scale(township, client):
    widths = re.findall(r'<rect class="basic" width="([\d.]+)%"', page(client, PROJECT))
    assert widths == ["25.0", "50.0", "75.0", "100.0"]


def test_projects_can_be_sorted_without_a_script(township, client):
    html = page(client, "projects/?sort=-amount")
    assert html.index("村级支出") < html.index("武装工作经费") and 'aria-sort="descending"' in html


def test_checks_say_what_was_compared_and_what_was_not(township, client):
    said = words(page(client, "checks/"))
    assert "不适用" in said and "缺数，未核对" in said and "发现 24 处" in said and "涉及：" in said
    html = page(client, "checks/")
    assert f'href="{ROOT}tables/9/#t9-total-total"' in html
    assert f'href="{ROOT}fixed-assets/#fixed_assets-total-value"' in html


def test_the_other_provinces_budget_reads_as_well(street, client):
    root = "/310107/210/2023/"
    said = words(page(client, root=root)).replace(" ", "")
    assert "不符" not in said and "万元" in said
    for path in PAGES[1:11]:
        assert page(client, path, root)
    assert "没有这张表的内容" in page(client, "procurement/", root)


@pytest.mark.parametrize(
    "path",
    [
        "/130324/909/2023/",
        "/130324/908/2024/",
        "/130324/908/",
        ROOT + "v2/",
        ROOT + "tables/10/",
        ROOT + "narrative/12/",
        ROOT + "projects/NONE/",
        ROOT + "disclosure.exe",
        "/nothing/",
    ],
)
def test_what_is_not_published_is_not_there(township, client, path):
    response = client.get(path)
    assert response.status_code == 404 and "没有这一页" in response.content.decode()


def test_a_draft_is_not_public(db, client):
    saved("liujiaying-2024.docx")
    assert client.get(ROOT).status_code == 404
    assert "刘家营" not in page(client, root="/")


def test_an_older_version_keeps_its_address_and_says_so(township, client):
    budget = saved("liujiaying-2024.docx")
    budget.lines.filter(book="three_public").update(amount=200_000)
    publish(budget, "李股长", "更正")
    assert cell(page(client, "tables/9/"), "t9-vehicle_running-total").startswith("20.00")
    old = page(client, "tables/9/", ROOT + "v1/")
    assert cell(old, "t9-vehicle_running-total") == "22.39" and "看现行版" in old
    assert "immutable" in client.get(ROOT + "v1/")["Cache-Control"]


def test_pages_need_no_script_no_cookie_and_no_style_of_their_own(township, client):
    for path in PAGES:
        response = client.get(ROOT + path)
        html = response.content.decode()
        assert "<script" not in html and " style=" not in html and not response.cookies
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_pages_can_be_asked_for_again_cheaply(township, client):
    etag = client.get(ROOT)["ETag"]
    assert client.get(ROOT, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_only_answer_reading(township, client, method):
    assert getattr(client, method)(ROOT).status_code == 405


def test_sizes_are_for_a_phone(township, client):
    for path in PAGES:
        size = len(gzip.compress(client.get(ROOT + path).content))
        assert size <= {"tables/": 40_000, "narrative/": 15_000, "checks/": 12_000}.get(path, 10_000), path


def test_a_page_asks_the_database_once(township, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(ROOT + "tables/")


def test_words_are_explained_and_linked(township, client):
    html = page(client, root="/glossary/")
    for term in set(re.findall(r'href="/glossary/#([^"]+)"', page(client))):
        assert f'id="{term}"' in html


def test_the_words_are_the_same_whoever_published_last(db, client):
    empty = client.get("/glossary/").content
    for name in ("liujiaying-2024.docx", "wanli-2023.xlsx", "liujiaying-2024.docx"):
        budget = saved(name)
        budget.sections.filter(number=10).update(text="1、“三公”经费：另一种说法。")
        publish(budget, "李股长", f"{name} 第 {Publication.objects.count()} 次")
        assert client.get("/glossary/").content == empty
    assert Publication.objects.count() == 3 and "另一种说法" in page(client, "narrative/10/")


@pytest.mark.parametrize("version", ["", "v1/"])
@pytest.mark.parametrize(("format", "begins"), [("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")])
def test_downloads(township, client, version, format, begins):
    response = client.get(f"{ROOT}{version}disclosure.{format}")
    assert response.content.startswith(begins)
    assert f"filename=disclosure.{'zip' if format == 'csv' else format}" in response["Content-Disposition"]
    again = client.get(f"{ROOT}{version}disclosure.{format}", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("value", ["-1", "0", "x", "", "9" * 24, "1.5", "%00"])
@pytest.mark.parametrize("field", ["per_page", "page", "sort"])
def test_no_address_of_the_list_is_an_error(township, client, field, value):
    assert "刘家营乡" in page(client, f"?{field}={value}", root="/")


def test_the_schema_and_the_health_of_the_portal(db, client):
    assert json.loads(client.get("/disclosure.schema.json").content)["$schema"]
    assert client.get("/healthz").content == b"ok\n"


def test_publications_are_read_only_in_the_back_office(township, wang, li):
    address = f"/admin/disclosures/publication/{township.pk}/change/"
    assert li.get(address).status_code == 403
    wang.user.user_permissions.add(view_publication())
    assert "查看" in wang.get(address).content.decode()
    wang.post(address, {"year": 2020})
    assert Publication.objects.get().year == 2024


def test_a_draft_is_previewed_by_the_same_pages_for_those_who_may_see_it(wang, li, stranger):
    budget = saved("liujiaying-2024.docx")
    root = f"/admin/disclosures/publication/preview/{budget.pk}/"
    for path in PAGES:
        html = page(wang, path, root)
        assert "草稿预览" in html and "disclosure.xlsx" not in html
    assert li.get(root).status_code == 404 and stranger.get(root).status_code == 302
    assert "预览公开页" in wang.get(f"/admin/budget/budget/{budget.pk}/change/").content.decode()


def view_publication():
    return Permission.objects.get(codename="view_publication")
