"""The commands that townships and technicians run: what they say, and their exit codes."""

import json
import shutil
from functools import lru_cache

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from docx import Document

from budget.annotated import annotated_name
from budget.checks.ledger import check, findings_of
from budget.drafts import write as writing
from budget.drafts.load import load
from budget.finding import counts
from budget.models import Budget, Department, Region, Upload
from tests.budget.conftest import ORIGINALS, original, read_original
from tests.budget.layouts import open_reference, saved

WORD, EXCEL, WANLI = (ORIGINALS / n for n in ("liujiaying-2024.docx", "liujiaying-2024.xlsx", "wanli-2023.xlsx"))

OLD = ORIGINALS / "liujiaying-2024.xls"


def run(capsys, name, *args, **options):
    """(exit code, what was printed)."""
    try:
        call_command(name, *map(str, args), **options)
        code, error = 0, ""
    except CommandError as refusal:
        code, error = refusal.returncode, str(refusal)
    return code, capsys.readouterr().out + error


@pytest.mark.django_db
class TestImport:
    def test_word(self, capsys):
        code, said = run(capsys, "import_budget", WORD)
        assert code == 0 and "已存为草稿：卢龙县刘家营乡人民政府2024年部门预算" in said
        assert "表9“合计”的“合计”是空白，按表9“公务用车运行维护费”的“合计”应为 22.39万元" in said
        assert "2337.09万元，按“1、房屋（平方米）”“2、车辆（台、辆）”“4、其他固定资产” 3 项相加应为 2646.68万元" in said

    def test_an_old_workbook_is_the_same_budget(self, capsys):
        assert run(capsys, "import_budget", OLD)[0] == 0
        assert "没有变化" in run(capsys, "import_budget", EXCEL)[1]

    def test_twice(self, capsys):
        run(capsys, "import_budget", EXCEL)
        assert "没有变化" in run(capsys, "import_budget", EXCEL)[1]

    def test_options_give_what_the_file_does_not_say(self, capsys):
        code, said = run(capsys, "import_budget", WANLI)
        assert code == 1 and "--region" in said and "--unit" in said and not Budget.objects.exists()
        code, said = run(capsys, "import_budget", WANLI, "--region", "310107", "--unit", "210")
        assert code == 0 and Budget.objects.get().department.region.name == "上海市普陀区"

    def test_a_cell_that_cannot_be_read_saves_nothing(self, capsys, tmp_path):
        book = open_reference()
        book["收入总表"]["F11"] = "约四百万"
        path = tmp_path / "坏.xlsx"
        path.write_bytes(saved(book))
        code, said = run(capsys, "import_budget", path)
        assert code == 1 and "“收入总表”的 F11" in said and "没有保存" in said
        assert not Budget.objects.exists()

    def test_not_a_workbook(self, capsys, tmp_path):
        path = tmp_path / "坏.xlsx"
        path.write_text("序号,收入\n1,2\n")
        code, said = run(capsys, "import_budget", path)
        assert code == 2 and "xlsx" in said

    def test_no_such_file(self, capsys):
        assert run(capsys, "import_budget", "没有.xlsx")[0] == 2


@pytest.fixture
def county(tmp_path):
    """A folder as a county office is handed it: tables alone, a Word file beside, a picture, a locked copy."""
    folder = tmp_path / "卢龙县"
    names = open_reference().sheetnames
    files = {
        "刘家营乡/收入.xlsx": only(names[1]),
        "刘家营乡/其余.xlsx": only(names[0], *names[2:]),
        "刘家营乡/文字.docx": original("liujiaying-2024.docx"),
        "刘家营乡/~$文字.docx": b"lock",
        "刘家营乡/坏.xlsx": only(names[1], F11="约四百万"),
        "封面.png": b"\x89PNG\r\n",
    }
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@lru_cache
def only(*sheets, **cells):
    """The reference workbook with these sheets alone."""
    book = open_reference()
    for cell, value in cells.items():
        book[sheets[0]][cell] = value
    for name in set(book.sheetnames) - set(sheets):
        del book[name]
    return saved(book)


def zipped(folder):
    """A zip of a folder beside it."""
    return shutil.make_archive(str(folder), "zip", folder)


@pytest.mark.django_db
class TestCounty:
    """A folder or a zip: a line for each file, each saved whole or not at all."""

    def test_a_folder(self, capsys, county):
        code, said = run(capsys, "import_budget", county, "--region", "130324")
        lines = dict(line.split("　", 1) for line in said.splitlines() if "　" in line)
        assert lines["刘家营乡/其余.xlsx"].startswith("新建　卢龙县刘家营乡人民政府2024年部门预算　错误 ")
        assert lines["刘家营乡/收入.xlsx"].startswith("有变化") and lines["刘家营乡/文字.docx"].startswith("有变化")
        assert lines["刘家营乡/坏.xlsx"].startswith("没有保存　工作表“收入总表”的 F11 单元格：“约四百万”")
        assert lines["封面.png"].startswith("读不了　") and "~$" not in said
        assert code == 2 and "共 5 个文件：新建 1、没有保存 1、有变化 2、读不了 1。" in said
        assert "涉及 1 份预算，其中 1 份还有错误。" in said and "2 个文件没有导入" in said
        whole = read_original("liujiaying-2024.docx").dossier
        stored = load(Budget.objects.get())
        assert stored.entries.lines == whole.entries.lines
        assert stored.entries.sections == whole.entries.sections
        assert lines["刘家营乡/文字.docx"].endswith(counts(findings_of(check(whole))))

    def test_the_same_folder_again_changes_nothing(self, capsys, county):
        run(capsys, "import_budget", county, "--region", "130324")
        before = Budget.objects.values().get(), list(Upload.objects.values("id", "printed"))
        said = run(capsys, "import_budget", county, "--region", "130324")[1]
        assert "共 5 个文件：没有变化 3、没有保存 1、读不了 1。" in said
        assert (Budget.objects.values().get(), list(Upload.objects.values("id", "printed"))) == before

    def test_a_zip_of_it_says_the_same(self, capsys, county):
        archive = zipped(county)
        with transaction.atomic():
            first = run(capsys, "import_budget", county, "--region", "130324")
            transaction.set_rollback(True)
        assert run(capsys, "import_budget", archive, "--region", "130324") == first

    def test_a_body_without_code_is_found_by_its_name(self, capsys, tmp_path):
        (tmp_path / "万里.xlsx").write_bytes(WANLI.read_bytes())
        code, said = run(capsys, "import_budget", tmp_path, "--region", "310107")
        assert code == 1 and "也没有登记叫“上海市普陀区人民政府万里街道办事处”的单位；请先登记这个单位" in said
        region = Region.objects.create(code="310107", name="上海市普陀区")
        Department.objects.create(region=region, unit="210", name="上海市普陀区人民政府 万里街道办事处")
        assert run(capsys, "import_budget", tmp_path, "--region", "310107")[0] == 0
        assert Budget.objects.get().department.unit == "210"

    def test_two_bodies_of_one_name_are_asked_about(self, capsys):
        region = Region.objects.create(code="310107", name="上海市普陀区")
        for unit in ("210", "211"):
            Department.objects.create(region=region, unit=unit, name="上海市普陀区人民政府万里街道办事处")
        code, said = run(capsys, "import_budget", WANLI, "--region", "310107")
        assert code == 1 and "有 2 个单位都叫" in said and "210、211" in said and not Budget.objects.exists()

    def test_what_fails_in_the_middle_saves_nothing_of_its_file(self, capsys, county, monkeypatch):
        def fail(*args):
            raise RuntimeError("disk full")

        monkeypatch.setitem(writing._WRITERS, "sections", fail)
        code, said = run(capsys, "import_budget", county, "--region", "130324")
        assert code == 2 and "刘家营乡/文字.docx　读不了　程序出错，没有保存任何内容" in said
        assert Budget.objects.get().uploads.count() == 2 and not Budget.objects.get().sections.exists()

    def test_what_belongs_to_one_file_is_not_said_of_many(self, capsys, county):
        assert run(capsys, "import_budget", county, "--unit", "909")[0] == 2
        assert run(capsys, "check_budget", county, "--annotated", "a.xlsx")[0] == 2

    def test_an_empty_folder(self, capsys, tmp_path):
        assert run(capsys, "import_budget", tmp_path) == (2, f"“{tmp_path}”里没有文件。")


class TestCheckMany:
    """Without the database."""

    def test_a_line_for_each_file(self, capsys, county):
        code, said = run(capsys, "check_budget", county)
        assert code == 2 and "封面.png　这是图片" in said
        assert "刘家营乡/文字.docx　错误 5　警告 14　提示 5" in said
        assert "共 5 个文件，4 个有错误，1 个读不了。" in said

    def test_as_json(self, capsys, county):
        with pytest.raises(CommandError):
            call_command("check_budget", zipped(county), "--json")
        every = json.loads(capsys.readouterr().out)
        assert [set(one) for one in every] == [{"file", "refused", "findings"}] * 5
        by_file = {one["file"]: one for one in every}
        assert by_file["封面.png"]["refused"] and not by_file["封面.png"]["findings"]
        assert by_file["刘家营乡/坏.xlsx"]["findings"][0]["rule"] == "R01"


class TestCheck:
    """Runs on a file alone: pytest forbids the database here."""

    def test_json_is_a_list_of_findings(self, capsys):
        code, _ = 1, None
        with pytest.raises(CommandError) as refusal:
            call_command("check_budget", str(EXCEL), "--json")
        findings = json.loads(capsys.readouterr().out)
        assert refusal.value.returncode == code
        assert {"rule", "level", "message", "reader", "cause", "places", "cells", "expected", "found"} == set(
            findings[0]
        )
        (blank,) = (f for f in findings if any(cell.startswith("t9-") for cell in f["cells"]))
        assert (blank["level"], blank["expected"], blank["found"]) == ("error", "22.39", "")
        assert blank["cells"][0] == "t9-total-total" and blank["cause"] == "blank t9-total-total"
        assert blank["places"][0] == "三公经费支出表!C6" and "请" not in blank["reader"]
        assets = next(f for f in findings if f["rule"] == "I41")
        assert (assets["expected"], assets["found"]) == ("2646.68", "2337.09")

    def test_a_budget_that_agrees(self, capsys):
        code, said = run(capsys, "check_budget", WANLI)
        assert code == 0 and "C04 相符（" in said

    def test_a_wrong_total(self, capsys, tmp_path):
        book = open_reference()
        book["收入总表"]["D7"] = 843.35
        path = tmp_path / "a.xlsx"
        path.write_bytes(saved(book))
        code, said = run(capsys, "check_budget", path)
        assert code == 1 and "表2“201 一般公共服务支出”的“合计”是 843.35万元" in said
        assert "改为 833.45万元，4 处就都相符：" in said and "；像是有两个相邻数字写颠倒了，请先核对这个数。" in said

    def test_not_a_workbook(self, capsys, tmp_path):
        path = tmp_path / "a.docx"
        path.write_bytes(b"PK nothing")
        assert run(capsys, "check_budget", path)[0] == 2


def test_what_nothing_can_be_written_into_gets_a_list(capsys, tmp_path):
    run(capsys, "check_budget", OLD, "--annotated", tmp_path / "核对.docx")
    document = Document(tmp_path / "核对.docx")
    assert "核对结果" in document.tables[0].cell(0, 0).text and len(document.tables[0].rows) > 2
    assert annotated_name("预算.xls", "xls") == annotated_name("预算.pdf", "pdf") == "预算（核对）.docx"
    assert annotated_name("预算.xlsx", "xlsx") == "预算（核对）.xlsx"


@pytest.mark.parametrize("name", ["huge.pdf", "/dev/zero"])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(capsys, tmp_path, name):
    path = tmp_path / name  # an absolute name stays what it is
    if not path.exists():
        with path.open("wb") as file:
            file.truncate(1 << 40)  # a hole: reading it would take an hour
    code, said = run(capsys, "check_budget", path)
    assert code == 2 and "超过 20 MB 的上限" in said
