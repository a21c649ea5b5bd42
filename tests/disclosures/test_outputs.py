"""What readers take away: the workbook as in the contract, JSON with its schema, CSV."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from budget import codes
from budget.checks.ledger import check, findings_of
from budget.documents.department_budget import DEPARTMENT_BUDGET
from budget.drafts.load import load
from budget.drafts.save import save
from budget.figures.dossier import Dossier, Entries
from budget.figures.line import Line, sort_key
from budget.intake.read import read
from budget.models import Goal
from disclosures.content import freeze
from disclosures.outputs import OUTPUTS
from disclosures.publish import content_of
from tests.budget.conftest import original, read_original
from tests.budget.people import saved
from tests.disclosures.schemas import follow_schema

FILES = ("liujiaying-2024.xlsx", "liujiaying-2024.docx", "wanli-2023.xlsx")


def frozen(dossier):
    return freeze(dossier, codes.shipped_names(dossier.entries.year), "河北省秦皇岛市卢龙县")


def findings(dossier):
    """What does not agree among the figures: the text stays at home."""
    content = frozen(dossier)
    of_text = {entry["rule"] for entry in content["ledger"] if entry["of_text"]}
    return [finding for finding in content["findings"] if finding["rule"] not in of_text]


def workbook(dossier):
    return OUTPUTS["xlsx"].write(frozen(dossier))


@pytest.fixture(scope="module", params=FILES)
def dossier(request):
    return read_original(request.param).dossier


def test_importing_our_own_export_gives_the_same_budget(dossier):
    again = read(workbook(dossier))
    assert again.problems == [] and again.unmatched == []
    for name in ("document", "region", "unit", "name", "year", "lines", "names"):
        assert getattr(again.entries, name) == getattr(dossier.entries, name), name
    for key in ("institutions", "procurement", "fixed_assets"):
        assert again.entries.records[key] == dossier.entries.records[key], key
    assert again.entries.dates.get("fixed_assets") == dossier.entries.dates.get("fixed_assets")
    assert frozen(again.dossier)["forms"] == frozen(dossier)["forms"]
    assert findings(again.dossier) == findings(dossier)


def test_export_import_export_is_byte_identical(dossier):
    first = workbook(dossier)
    assert workbook(read(first).dossier) == first


def test_tables_are_laid_out_as_the_reference_workbook():
    """Title, unit line, merged headings, 栏次, rows and notes: every cell and every merged area."""
    ours = load_workbook(io.BytesIO(workbook(read_original(FILES[0]).dossier)))
    theirs = load_workbook(io.BytesIO(original(FILES[0])))
    derived = {f"{column}{row}" for column in "CD" for row in (6, 7, 9)}  # the blank totals of table 9
    for name in theirs.sheetnames[:9]:
        ours_, theirs_ = ours[name], theirs[name]
        assert set(map(str, theirs_.merged_cells.ranges)) <= set(map(str, ours_.merged_cells.ranges)), name
        for row in theirs_.iter_rows():
            for cell in row:
                if not (name == "三公经费支出表" and cell.coordinate in derived):
                    assert ours_[cell.coordinate].value == cell.value, f"{name}!{cell.coordinate}"


def test_one_sheet_for_each_table_then_records_then_findings():
    names = load_workbook(io.BytesIO(workbook(read_original(FILES[1]).dossier))).sheetnames
    assert names[:10] == [
        "收支总表",
        "收入总表",
        "支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算基本支出表",
        "政府性基金预算支出表",
        "国有资本经营预算支出表",
        "三公经费支出表",
        "机构设置",
    ]
    assert len([name for name in names if name.startswith("绩效")]) == 18
    assert names[-3:] == ["政府采购预算", "固定资产占用情况", "核对情况"]


def test_no_cell_of_ours_is_a_formula():
    dossier = read_original(FILES[0]).dossier
    dossier.entries.records["projects"][0]["name"] = "=HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(workbook(dossier))).worksheets[10]
    assert sheet["E3"].data_type == "s" and sheet["E3"].value == "=HYPERLINK(1)"


WORDS = [
    f"表9“{row}”的“合计”"
    for row in ("合计", "一、因公出国（境）费", "其中：公务用车购置费", "公务用车运行维护费", "三、公务接待费")
]


def test_a_changed_cell_in_an_export_speaks_for_itself():
    """The findings sheet restores what the township had printed only where the figure is untouched."""
    book = load_workbook(io.BytesIO(workbook(read_original(FILES[0]).dossier)))
    book["三公经费支出表"]["C6"] = 20
    target = io.BytesIO()
    book.save(target)
    found = frozen(read(target.getvalue()).dossier)["findings"]
    total = next(f for f in found if f["cells"][0] == "t9-total-total")
    assert (total["expected"], total["found"], total["places"]) == ("22.39", "20.00", WORDS)


def test_json_follows_the_published_schema(dossier):
    document = json.loads(OUTPUTS["json"].write(frozen(dossier)))
    follow_schema(document)
    assert document["department"]["name"] == dossier.entries.name


def test_csv_is_a_zip_of_files_that_excel_opens(dossier):
    archive = zipfile.ZipFile(io.BytesIO(OUTPUTS["csv"].write(frozen(dossier))))
    rows = list(csv.reader(io.StringIO(archive.read("表3 支出总表.csv").decode("utf-8-sig"))))
    assert rows[1][2] == "合计" and rows[0][1] == "功能分类科目 科目编码"
    lines = list(csv.DictReader(io.StringIO(archive.read("预算明细（元）.csv").decode("utf-8-sig"))))
    assert len(lines) == len(dossier.entries.lines)


def test_csv_text_is_never_a_formula():
    dossier = read_original(FILES[0]).dossier
    dossier.entries.records["institutions"][0]["name"] = "=1+1"
    archive = zipfile.ZipFile(io.BytesIO(OUTPUTS["csv"].write(frozen(dossier))))
    assert "'=1+1" in archive.read("机构设置.csv").decode("utf-8-sig")


# The law: whatever a budget says, its workbook says it too.

AMOUNTS = st.decimals("0.01", 10**8, places=2)
GENERAL = st.sampled_from(["2010301", "2010350", "2080505", "2130705", "2210201"])
FUND_CODES = st.sampled_from(["2120801", "2296002"])


def amounts_of(book, fund, codes_, *kinds, carried_over=False):
    """Lines of one book and fund, one for each drawn code and kind."""
    keys = st.tuples(codes_, st.sampled_from(kinds))
    return st.dictionaries(keys, AMOUNTS, max_size=4).map(
        lambda drawn: [
            Line(book, fund, kind, function=code, carried_over=carried_over, amount=amount)
            for (code, kind), amount in drawn.items()
        ]
    )


@st.composite
def budgets(draw):
    """A consistent budget: what each fund spends, partly from what was carried over, and other money."""
    general = draw(amounts_of("spending", "general_public_budget", GENERAL, "basic", "project"))
    government = draw(amounts_of("spending", "government_fund", FUND_CODES, "project"))
    other = draw(amounts_of("spending", "non_fiscal", GENERAL, "basic", "operating"))
    income = draw(amounts_of("income", "business", GENERAL, ""))
    lines = general + government + other + income
    for line in general + government:
        wanted = Line("income", line.fund, function=line.function, carried_over=draw(st.booleans()))
        same = [i for i in lines if i.facets == wanted.facets]
        lines = [i for i in lines if i not in same]
        lines.append(wanted._replace(amount=line.amount + sum(i.amount for i in same)))
    whose = ("130324", "909", "卢龙县刘家营乡人民政府", 2024)
    return Dossier(Entries(DEPARTMENT_BUDGET, *whose, lines=sorted(lines, key=sort_key)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(budgets())
def test_any_budget_survives_its_workbook(dossier):
    again = read(workbook(dossier))
    assert again.problems == []
    assert again.entries.lines == dossier.entries.lines


@pytest.mark.django_db
def test_importing_our_export_over_its_draft_changes_nothing_and_keeps_the_raw_text():
    budget = saved("liujiaying-2024.docx")
    raw = list(Goal.objects.values_list("text", flat=True))
    data = OUTPUTS["xlsx"].write(content_of(budget))
    assert save(read(data), data, "export.xlsx").changed == ()
    assert list(Goal.objects.values_list("text", flat=True)) == raw and any('"' in text for text in raw)


@pytest.mark.django_db
def test_a_row_that_came_into_the_draft_since_survives_its_workbook():
    """The township's file has no row 2010399; a line added in the draft has, and its export is whole."""
    budget = saved("liujiaying-2024.docx")
    budget.lines.create(book="income", fund="business", function="2010399", amount=50_000)
    budget.lines.create(book="spending", fund="non_fiscal", kind="operating", function="2010399", amount=50_000)
    again = read(OUTPUTS["xlsx"].write(content_of(budget)))
    assert again.entries.lines == load(budget).entries.lines
    errors = {f.rule for f in findings_of(check(again.dossier)) if f.level == "error"}
    assert errors == {"I24", "I35", "I41"}
