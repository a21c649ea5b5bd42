"""An official code list: loaded whole or not at all, and from then on its names count."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from budget.checks.ledger import check
from budget.drafts.handed_in import hand_in
from budget.drafts.load import load, names_for
from budget.finding import Level
from budget.intake.code_list import Listed, WrongList, read_code_list
from budget.intake.identity import Given
from budget.models import Code
from budget.official import load_official
from tests.budget.conftest import original
from tests.budget.layouts import saved as bytes_of
from tests.budget.layouts import workbook
from tests.budget.people import li, owner, saved, township, wang

__all__ = ["li", "owner", "township", "wang"]
pytestmark = pytest.mark.django_db
GOOD = "编码,名称\n2010301,行政运行\n2010303,机关服务\n2019988,新设科目\n"


def test_excel_and_csv_in_either_encoding_are_read_alike():
    book = workbook(
        ["2025年政府收支分类科目"], ["科目编码", "科目名称"], [2010301, "行政运行"], ["2010303", "机关服务"]
    )
    expected = {"2010301": Listed("行政运行"), "2010303": Listed("机关服务")}
    assert read_code_list(bytes_of(book), "function") == expected
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert read_code_list(GOOD.encode(encoding), "function") == expected | {"2019988": Listed("新设科目")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一,二\n1,2\n", "没有找到“编码”和“名称”两栏"),
        ("编码,名称\n20103,\n", "第 2 行的编码 20103 没有名称"),
        ("编码,名称\n2010,机关\n", "第 2 行的编码“2010”不对：功能分类编码是 3、5 或 7 位数字"),
        ("编码,名称\n201,一\n201,二\n", "第 3 行的编码 201 前面已经有了"),
        ("编码,名称\n", "下面没有内容"),
    ],
)
def test_a_wrong_list_is_refused_with_its_row(text, said):
    with pytest.raises(WrongList) as refusal:
        read_code_list(text.encode(), "function")
    assert said in str(refusal.value) and str(refusal.value).endswith("。")


def test_the_command_loads_whole_or_not_at_all(tmp_path, capsys):
    path = tmp_path / "codes.csv"
    path.write_text(GOOD, "utf-8")
    call_command("load_codes", str(path), "--scheme", "function", "--edition", "2024")
    assert "新增 1 条，改名 0 条，核实 1 条" in capsys.readouterr().out
    assert Code.objects.get(code="2019988").confirmed and Code.objects.get(code="2010303").confirmed
    path.write_text(GOOD + "20,太短\n", "utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("load_codes", str(path), "--scheme", "function", "--edition", "2030")
    assert refusal.value.returncode == 1 and not Code.objects.filter(since__year=2030).exists()


def test_a_name_that_differs_from_the_official_one_is_an_error(township):
    """机关事业单位基本养老保险缴费支出 bears another name in the county's list."""

    def levels():
        found = check(load(township), names_for(2024))
        return {f.level for e in found if e.rule.id == "C04" for f in e.findings}

    assert Level.ERROR not in levels()
    load_official("function", date(2024, 1, 1), {"2080505": Listed("另一个名称")})
    township.printed_names.create(scheme="function", code="2080505", name="机关事业单位基本养老保险缴费支出")
    assert Level.ERROR in levels()


def test_so_it_is_in_a_file_that_prints_the_name_that_was_shipped():
    load_official("function", date(2024, 1, 1), {"2080505": Listed("另一个名称")})
    done = hand_in(original("liujiaying-2024.docx"), "a.docx", Given())
    (told,) = [finding for finding in done.findings if finding.rule == "C04" and finding.level == Level.ERROR]
    assert (told.expected, told.found) == ("另一个名称", "机关事业单位基本养老保险缴费支出")


def test_the_county_loads_it_in_the_back_office(owner, li):
    address = reverse("admin:budget_official_list")
    sent = {"file": SimpleUploadedFile("a.csv", GOOD.encode()), "scheme": "function", "since": "2024-01-01"}
    response = owner.post(address, sent, follow=True)
    assert "新增 1 条，改名 0 条，核实 1 条。" in response.content.decode()
    wrong = {"file": SimpleUploadedFile("a.csv", b"x"), "scheme": "function", "since": "2024-01-01"}
    assert "没有找到“编码”和“名称”两栏" in owner.post(address, wrong).content.decode()
    assert li.get(address).status_code == 403
    assert "载入正式目录" in owner.get(reverse("admin:budget_code_changelist")).content.decode()


def test_a_county_is_checked_by_one_command(capsys):
    saved("liujiaying-2024.docx")
    saved("wanli-2023.xlsx")
    with pytest.raises(CommandError) as refusal:
        call_command("check_county")
    said = capsys.readouterr().out
    assert refusal.value.returncode == 1
    assert "909 卢龙县刘家营乡人民政府 2024　错误 5　警告 14　提示 5" in said
    assert "共核对 2 份预算，1 份没有错误，1 份有错误。" in said
    call_command("check_county", "--region", "310107")
    with pytest.raises(CommandError):
        call_command("check_county", "--year", "2001")
