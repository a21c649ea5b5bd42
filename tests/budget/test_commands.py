"""The commands that townships and technicians run: what they say, and their exit codes."""

import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from budget.annotated import annotated_name
from budget.models import Budget
from tests.budget.conftest import ORIGINALS
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
