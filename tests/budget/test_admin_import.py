"""Importing in the back office: choose, look, confirm; nothing is saved before, and nothing by half."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from budget.admin import outlook
from budget.admin.staging import read_staged
from budget.checks.ledger import check, findings_of
from budget.drafts import save
from budget.drafts.load import load, names_of
from budget.intake import read as intake
from budget.models import Budget, Code, Department, Line, Role, StagedUpload, Upload
from tests.budget.conftest import original, read_original
from tests.budget.layouts import open_reference
from tests.budget.layouts import saved as saved_book
from tests.budget.people import li, post, saved, signed_in, stranger, township, wang

__all__ = ["li", "stranger", "township", "wang"]

WORD, EXCEL, WANLI = "liujiaying-2024.docx", "liujiaying-2024.xlsx", "wanli-2023.xlsx"
FORM = "/admin/budget/budget/import/"
WANLI_IS = {"region": "310107", "unit": "210", "year": "2023", "document": ""}
MEANWHILE = "您选择文件以后，草稿被改过"


def choose(client, name, data=None, **said):
    """Hand in a file; the response is a redirect to the preview, or the form with its errors."""
    file = SimpleUploadedFile(name, original(name) if data is None else data)
    return client.post(FORM, {"file": file, **said})


def look(client, name, data=None, **said):
    """(address of the preview, the page, what it shows)."""
    response = choose(client, name, data, **said)
    assert response.status_code == 302, response.context["form"].errors
    page = client.get(response.url)
    return response.url, page.content.decode(), page.context["seen"]


def confirm(client, address, seen, **changed):
    data = {"sha256": seen.sha256, "version": seen.version, **changed}
    return client.post(f"{address}confirm/", data, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def workbook(name=EXCEL, **cells):
    """A real workbook with some cells changed: `支出总表__E8="约五百"`."""
    book = open_reference(name)
    for place, value in cells.items():
        sheet, cell = place.split("__")
        book[sheet][cell] = value
    return saved_book(book)


# Who may send a file, and from where.


def test_who_sends_a_file_is_known_before_it_is_read(wang, stranger, monkeypatch):
    """The token stands in the body: whoever may not import is turned away without a look at it."""

    def unread(self):
        raise AssertionError("the body was read")

    monkeypatch.setattr(WSGIRequest, "_load_post_and_files", unread)
    assert "/login/" in choose(stranger, EXCEL).url
    with pytest.raises(AssertionError, match="the body was read"):
        choose(wang, EXCEL)


def test_a_file_sent_from_another_site_is_turned_away(wang):
    client = Client(enforce_csrf_checks=True)
    client.force_login(wang.user)
    assert choose(client, EXCEL).status_code == 403 and not StagedUpload.objects.exists()
    token = client.get(FORM).context["csrf_token"]
    assert choose(client, EXCEL, csrfmiddlewaretoken=str(token)).status_code == 302


# From the file to the draft.


@pytest.mark.parametrize(
    ("name", "whose", "lines", "findings"),
    [
        (WORD, {}, 39, [("错误", 5), ("警告", 14), ("提示", 5)]),
        (EXCEL, {}, 39, [("错误", 3), ("警告", 8), ("提示", 3)]),
        (WANLI, {"region": "310107", "unit": "210"}, 100, [("提示", 3)]),
    ],
)
def test_a_real_file_is_shown_then_saved(name, whose, lines, findings, wang):
    address, page, seen = look(wang, name, **whose)
    assert seen.may_save and seen.counts == findings and len(seen.parts) >= 9
    assert "这个单位这一年还没有草稿，保存后新建。" in page and "确认保存" in page
    assert not Budget.objects.exists()
    response = confirm(wang, address, seen)
    budget = Budget.objects.get()
    assert said(response) == [f"已存为草稿：{budget}。"]
    assert response.redirect_chain[-1][0] == f"/admin/budget/budget/{budget.pk}/change/"
    assert budget.lines.count() == lines
    assert budget.source.uploaded_by == wang.user and bytes(budget.source.content) == original(name)
    assert not StagedUpload.objects.exists()
    assert LogEntry.objects.get().user == wang.user


def test_a_finding_stands_at_its_cell_with_both_figures(wang):
    _, page, seen = look(wang, EXCEL)
    (t9,) = [part for part in seen.parts if part.key == "t9"]
    marked = [cell.cell for cell in t9.drawn.cells() if cell.notes]
    (blank,) = (one.finding for one in seen.noted if one.finding.cell in marked)
    assert sorted(marked) == sorted(blank.about) and len(marked) == 6
    assert {f"三公经费支出表!{place}" for place in ("C6", "D6", "C7", "D7", "C9", "D9")} < set(blank.places)
    assert "空白，应为 22.39" in page and "位置：三公经费支出表!C6" in page
    (assets,) = [part for part in seen.parts if part.key == "fixed_assets"]
    assert [cell.text for cell in assets.drawn.cells() if cell.notes] == ["2,337.09"]


def test_tables_are_drawn_as_the_file_prints_them(wang):
    _, _, seen = look(wang, WANLI, region="310107", unit="210")
    drawn = {part.key: part.drawn for part in seen.parts}
    assert {one.unit for one in drawn.values()} == {"元", "万元"}
    assert drawn["t6"].unit == "元" and "83,847,385.00" in [cell.text for cell in drawn["t6"].rows[0].cells]
    assert [cell.text for cell in drawn["t9"].rows[0].cells] == ["合计", "22.91"]


def test_projects_are_listed_with_their_indicators(wang):
    _, _, seen = look(wang, WORD)
    (projects,) = [part.drawn for part in seen.parts if part.key == "projects"]
    assert len(projects.rows) == 18
    first = [cell.text for cell in projects.rows[0].cells]
    assert first[:3] == ["13032424P00442810410K", "武装工作经费", "2.00"]
    assert first[-1].endswith(" 条")


@pytest.mark.parametrize(
    ("wrong", "cell", "text", "words"),
    [
        ({"政府采购预算__H5": 6}, "procurement-total-total", "6.00", "应为 5.00"),
        ({"政府采购预算__H5": None}, "procurement-total-total", "", "空白，应为 5.00"),
        ({"政府采购预算__H8": 3}, "procurement-2-total", "3.00", "应为 2.50"),
    ],
)
def test_sums_of_a_list_stand_as_the_file_prints_them(wrong, cell, text, words, wang):
    _, page, seen = look(wang, EXCEL, workbook(**wrong))
    (part,) = [part for part in seen.parts if part.key == "procurement"]
    (drawn,) = [drawn for drawn in part.drawn.cells() if drawn.id == cell]
    assert drawn.text == text and words in [note.words for note in drawn.notes]
    assert f'<td id="{cell}" class="marked">{text} <a class="mark"' in page


def test_a_table_without_figures_is_shown_with_its_headings_and_its_note(wang):
    _, page, seen = look(wang, EXCEL)
    (empty,) = [part.drawn for part in seen.parts if part.key == "t8"]
    headings = [cell.text for _, cell in empty.head[0]]
    assert empty.rows == [] and headings == ["功能分类科目", "合计", "基本支出", "项目支出"]
    assert "空表</span>" in page and "注：无国有资本经营预算财政拨款预算，空表列示。" in page


# Again, and with changes.


def test_the_same_file_again_changes_nothing(wang, township):
    address, page, seen = look(wang, WORD)
    assert "与现有草稿相同，没有变化。" in page and "确认保存" not in page
    before = Budget.objects.get().changed_at
    assert said(confirm(wang, address, seen)) == [f"与现有草稿相同，没有变化：{township}。"]
    assert Budget.objects.get().changed_at == before and Upload.objects.count() == 1


def test_the_workbook_of_the_same_budget_only_becomes_the_new_source(wang, township):
    address, page, seen = look(wang, EXCEL)
    assert seen.is_same and "只把依据换成这个文件" in page and seen.lacking == ["情况说明"]
    confirm(wang, address, seen)
    assert Budget.objects.get().source.name == EXCEL
    assert township.sections.count() == 11


def test_what_changes_is_shown_with_both_figures(wang, township):
    changed = workbook(三公经费支出表__C11=30, 三公经费支出表__D11=30, 固定资产占用情况__C5=1)
    address, page, seen = look(wang, EXCEL, changed)
    assert {part: rows for part, rows in seen.changes.items() if part == "“三公”经费"} == {
        "“三公”经费": [("公务用车运行维护费 一般公共预算", "22.39万元", "30.00万元")]
    }
    assert "22.39万元" in page and "30.00万元" in page
    confirm(wang, address, seen)
    assert township.lines.get(book="three_public").amount == 300_000


def test_another_name_for_the_same_code_is_pointed_out(wang, township):
    Department.objects.update(name="卢龙县石门镇人民政府")
    _, page, _ = look(wang, WORD)
    assert "单位编码 909 在系统里是“卢龙县石门镇人民政府”" in page


# A part of a budget.


def only(*sheets, **wrong):
    """The reference workbook without all other sheets."""
    book = load_workbook(io.BytesIO(workbook(**wrong)))
    for name in set(book.sheetnames) - set(sheets):
        del book[name]
    return saved_book(book)


def test_a_table_alone_is_held_against_the_whole_draft(wang, township):
    data = only("三公经费支出表", 三公经费支出表__C11=30, 三公经费支出表__D11=30)
    address, page, seen = look(wang, "三公.xlsx", data, region="130324")
    assert list(seen.changes) == ["“三公”经费"] and "缺少表" not in page
    assert seen.lacking[0] == "部门预算收支总表" and "现有草稿的这些部分不动" in page
    before = set(township.lines.exclude(book="three_public").values_list("id", "amount"))
    confirm(wang, address, seen)
    assert set(township.lines.exclude(book="three_public").values_list("id", "amount")) == before
    assert township.lines.get(book="three_public").amount == 300_000


def test_a_project_alone_leaves_the_others_and_says_so(wang, township):
    sheet = next(name for name in open_reference(EXCEL).sheetnames if name.startswith("绩效"))
    address, page, seen = look(wang, "项目.xlsx", only(sheet, "收支总表"), region="130324")
    assert "现有草稿另有 17 个项目" in page
    confirm(wang, address, seen)
    assert township.projects.count() == 18


# What cannot be saved.


def test_an_unreadable_cell_comes_first_and_blocks(wang):
    address, page, seen = look(wang, EXCEL, workbook(支出总表__E8="约五百"))
    assert not seen.may_save and "还不能保存：有 1 处读不出来" in page
    assert "工作表“支出总表”的 E8 单元格：“约五百”不是数字，请改成数字" in page and "读不出“约五百”" in page
    assert "确认保存" not in page
    confirm(wang, address, seen)
    assert not Budget.objects.exists()


def test_a_file_that_does_not_say_whose_it_is_can_be_told(wang):
    address, page, seen = look(wang, WANLI)
    assert not seen.may_save and "--unit" not in page and "文件里没有单位编码，请在导入时填写（例如 909）。" in page
    assert wang.post(address, {"region": "310107", "unit": "", "year": "2023"}).url == address
    assert wang.post(address, {"region": "31", "unit": "210", "year": "2023"}).status_code == 200
    assert wang.post(address, {"region": "310107", "unit": "210", "year": "2023"}).url == address
    confirm(wang, address, wang.get(address).context["seen"])
    assert Budget.objects.get().department.unit == "210"


def test_sheets_that_mean_nothing_are_listed(wang):
    book = open_reference(EXCEL)
    book.create_sheet("草稿")["A1"] = "随便写写"
    _, page, seen = look(wang, EXCEL, saved_book(book))
    assert seen.unmatched == ["草稿"] and "这些表里没有金额，也认不出来，里面的内容不会保存：草稿。" in page


def test_a_workbook_without_any_table_says_what_it_has(wang):
    book = Workbook()
    book.active["A1"] = "会议纪要"
    _, page, seen = look(wang, "a.xlsx", saved_book(book))
    assert not seen.may_save and "没有找到任何一张标准表" in page


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("预算.xlsx", b"PK\x03\x04 not a workbook", ""),
        ("预算.xlsx", b"<html>", ""),
        ("预算.xlsx", b"", "这个文件是空的，请重新选择。"),
        ("预算.docx", b"x" * (5 * 1024 * 1024 + 1), "文件有 5.0 MB，超过 5 MB 的上限"),
        ("预算.pdf", b"%PDF-" + b"x" * (20 * 1024 * 1024), "文件有 20.0 MB，超过 20 MB 的上限"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_at_the_form(name, data, sentence, wang):
    response = choose(wang, name, data)
    (error,) = response.context["form"].errors["file"]
    assert response.status_code == 200 and sentence in error and error.endswith("。")
    assert not StagedUpload.objects.exists()


def test_no_file_at_all_is_said(wang):
    assert wang.post(FORM, {}).context["form"].errors["file"] == ["请选择一个文件。"]


# Only what was seen is saved.


def test_a_draft_changed_meanwhile_is_shown_and_asked_about_again(wang, township):
    address, _, seen = look(wang, EXCEL, workbook(固定资产占用情况__C5=1))
    line = Line.objects.get(budget=township, book="three_public")
    Line.objects.filter(pk=line.pk).update(amount=250_000)
    response = confirm(wang, address, seen)
    assert said(response) == ["草稿刚刚被别人改过，这次没有保存。请看下面哪些地方变了，再确认一次。"]
    assert Line.objects.get(pk=line.pk).amount == 250_000 and Upload.objects.count() == 1
    seen = response.context["seen"]
    assert seen.meanwhile == {"“三公”经费": [("公务用车运行维护费 一般公共预算", "22.39万元", "25.00万元")]}
    assert "您选择文件以后，草稿被改过" in response.content.decode()
    confirm(wang, address, seen)
    assert township.lines.get(book="three_public").amount == 223_900


def test_a_draft_begun_meanwhile_is_asked_about_again(wang):
    address, _, seen = look(wang, WORD)
    saved(EXCEL)
    assert said(confirm(wang, address, seen))[0].startswith("草稿刚刚被别人改过")
    assert Upload.objects.get().name == EXCEL


@pytest.mark.parametrize("forged", [{"sha256": "0" * 64}, {"version": ""}])
def test_a_confirmation_of_something_else_saves_nothing(forged, wang):
    address, _, seen = look(wang, EXCEL)
    confirm(wang, address, seen, **forged)
    assert not Budget.objects.exists()


def test_saving_fails_whole(wang, monkeypatch):
    address, _, seen = look(wang, EXCEL)

    def broken(*args, **kwargs):
        raise RuntimeError("磁盘满了")

    monkeypatch.setattr(save, "_keep_upload", broken)
    with pytest.raises(RuntimeError):
        confirm(wang, address, seen)
    assert not Budget.objects.exists() and not Line.objects.exists() and StagedUpload.objects.count() == 1


def test_a_second_click_finds_the_file_saved(wang):
    address, _, seen = look(wang, EXCEL)
    confirm(wang, address, seen)
    assert said(confirm(wang, address, seen)) == ["这个文件刚才已经保存。"]
    assert Budget.objects.count() == 1


def test_a_file_is_forgotten_when_the_person_says_no(wang):
    address, _, _ = look(wang, EXCEL)
    assert said(wang.post(f"{address}discard/", follow=True)) == ["没有保存，文件已经丢弃。"]
    assert not StagedUpload.objects.exists() and wang.get(address).status_code == 404


def test_old_files_are_cleared_away_by_the_next_one(wang):
    for _ in range(7):
        choose(wang, EXCEL)
    assert StagedUpload.objects.count() == 5
    StagedUpload.objects.update(staged_at=timezone.now() - timedelta(hours=25))
    choose(wang, EXCEL)
    assert StagedUpload.objects.count() == 1


# A file is read once and checked once.


@pytest.fixture
def work(monkeypatch):
    """How often a file is parsed, and how often a budget is checked for the page that asks whether to save it."""
    done = Counter()

    def count(module, name):
        plain = getattr(module, name)

        def counted(*args, **kwargs):
            done[name] += 1
            return plain(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)

    count(intake, "open_file")
    count(outlook, "check")
    return done


def test_a_file_is_parsed_and_checked_once_from_choice_to_draft(wang, work):
    address, _, seen = look(wang, WORD)
    confirm(wang, address, seen)
    assert Budget.objects.get().lines.count() == 39
    assert work == {"open_file": 1, "check": 1}


def test_it_is_parsed_once_more_when_the_person_says_whose_it_is(wang, work):
    address, _, _ = look(wang, WANLI)
    assert work == {"open_file": 1, "check": 1}
    wang.post(address, WANLI_IS)
    confirm(wang, address, wang.get(address).context["seen"])
    assert Budget.objects.get().department.unit == "210"
    assert work["open_file"] == 2


def test_what_is_kept_of_a_file_is_what_was_read(wang):
    choose(wang, WORD)
    assert read_staged(StagedUpload.objects.get()) == read_original(WORD)


def test_codes_are_judged_by_the_lists_of_the_day_that_the_draft_follows(wang, township):
    """The page before saving says of a name what the page after it says."""
    new = Code(scheme="function", code="2130705", name="对村级组织的补助", since=date(2024, 2, 1), confirmed=True)
    new.save()
    _, page, _ = look(wang, EXCEL)
    assert new.name not in page
    Budget.objects.update(approved_on=date(2024, 2, 20))
    address, page, seen = look(wang, EXCEL)
    assert "科目 2130705“对村民委员会和村党支部的补助”是旧称，现在的名称是“对村级组织的补助”" in page
    marked = load_workbook(io.BytesIO(b"".join(wang.get(f"{address}annotated/").streaming_content)))
    assert any(new.name in str(row[3].value) for row in marked.worksheets[0])
    confirm(wang, address, seen)
    draft = Budget.objects.get()
    assert any(new.name in finding.message for finding in findings_of(check(load(draft), names_of(draft))))


# Saying whose a file is afterwards is no change of the draft.


def test_saying_whose_it_is_changes_no_draft(wang):
    budget = saved(WANLI)
    address, page, seen = look(wang, WANLI)
    assert seen.draft is None and MEANWHILE not in page
    wang.post(address, WANLI_IS)
    response = wang.get(address)
    seen = response.context["seen"]
    assert seen.draft == budget and seen.is_same and seen.meanwhile == {}
    assert MEANWHILE not in response.content.decode()


def test_a_change_after_that_is_still_said(wang):
    budget = saved(WANLI)
    address, _, _ = look(wang, WANLI)
    wang.post(address, WANLI_IS)
    seen = wang.get(address).context["seen"]
    budget.lines.filter(book="three_public", item="reception").update(amount=10_000)
    response = confirm(wang, address, seen)
    assert said(response)[0].startswith("草稿刚刚被别人改过") and MEANWHILE in response.content.decode()
    ((change,),) = response.context["seen"].meanwhile.values()
    assert change.label == "公务接待费 一般公共预算" and change.new == "1.00万元"
    assert budget.lines.get(book="three_public", item="reception").amount == 10_000


# Who may.


def addresses(address):
    return [address, f"{address}confirm/", f"{address}discard/"]


def test_another_persons_file_does_not_exist(wang):
    address, _, seen = look(wang, EXCEL)
    colleague = post(signed_in("李会计"), Role.CLERK, "130324")
    data = {"sha256": seen.sha256, "version": seen.version}
    assert [colleague.get(address).status_code] == [404]
    assert [colleague.post(each, data).status_code for each in addresses(address)] == [404, 404, 404]
    assert StagedUpload.objects.count() == 1 and not Budget.objects.exists()


def test_without_permission_nothing_can_be_imported(wang, li):
    address, _, _ = look(wang, EXCEL)
    assert choose(li, EXCEL).status_code == 403
    assert {li.get(each).status_code for each in [FORM, *addresses(address)]} == {403}
    assert {li.post(each).status_code for each in addresses(address)} == {403}
    assert "导入文件" not in li.get(reverse("admin:index")).content.decode()


def test_another_bodys_file_is_refused_and_nothing_is_told_of_it(wang, township):
    sun = post(signed_in("孙会计"), Role.CLERK, "310107")
    for known in (True, False):
        page = choose(sun, EXCEL).content.decode()
        assert "这是 130324 909 的预算，您没有经办这个单位" in page and "刘家营" not in page
        if known:
            Budget.objects.filter(pk=township.pk).update(year=2023)
    assert not StagedUpload.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "approved", "published", "withdrawn"])
def test_a_budget_that_is_no_longer_open_takes_no_file(wang, township, state):
    Budget.objects.update(state=state, approved_hash="0" * 64)
    assert "不能修改；要改的，请先撤回，或由审核人退回" in choose(wang, EXCEL).content.decode()


def test_what_is_handed_in_meanwhile_is_not_overwritten(wang, township):
    address, _, seen = look(wang, EXCEL, workbook(固定资产占用情况__C5=1))
    Budget.objects.update(state="submitted")
    confirm(wang, address, seen)
    assert township.uploads.count() == 1 and township.acts.filter(how="import").count() == 1


def test_a_stranger_is_sent_to_the_log_in(wang, stranger):
    address, _, _ = look(wang, EXCEL)
    for each in [FORM, *addresses(address)]:
        assert stranger.get(each).url == f"/admin/login/?next={each}"
        assert stranger.post(each).url == f"/admin/login/?next={each}"
    assert StagedUpload.objects.count() == 1


def test_looking_has_no_effect(wang, township):
    address, _, _ = look(wang, EXCEL, workbook(固定资产占用情况__C5=1))

    def state():
        return [list(model.objects.order_by("pk").values()) for model in (StagedUpload, Budget, Line, Upload, LogEntry)]

    before = state()
    wang.get(FORM)
    wang.get(address)
    assert {wang.get(each).status_code for each in addresses(address)[1:]} == {405}
    assert state() == before


def test_the_way_to_the_import_is_on_the_first_page_and_on_the_list(wang, township):
    for page in (reverse("admin:index"), reverse("admin:budget_budget_changelist")):
        assert FORM in wang.get(page).content.decode()
