"""A zip in the back office: read a few files at a time, looked at, saved one by one or all that have no problem."""

import io
import zipfile
from functools import lru_cache

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from budget.admin import batch
from budget.drafts import save as saving
from budget.drafts import write as writing
from budget.drafts.load import load
from budget.models import Budget, Line, Role, StagedBatch, StagedUpload, Upload
from tests.budget.conftest import original, read_original
from tests.budget.layouts import open_reference
from tests.budget.people import li, post, signed_in, stranger, wang
from tests.budget.test_commands import only

__all__ = ["li", "stranger", "wang"]

FORM = "/admin/budget/budget/import/"
EXCEL, WORD, WANLI = "liujiaying-2024.xlsx", "liujiaying-2024.docx", "wanli-2023.xlsx"
State = StagedUpload.State


def packed(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_xlsx", ".xlsx").replace("_png", ".png"), data)
    return target.getvalue()


@lru_cache
def county():
    """Two parts of one budget, one that does not say whose it is, one that cannot be read, a picture."""
    rest = [name for name in open_reference().sheetnames if name != "收入总表"]
    return packed(
        刘家营乡__收入_xlsx=only("收入总表"),
        刘家营乡__其余_xlsx=only(*rest),
        刘家营乡__坏_xlsx=only("收入总表", F11="约四百万"),
        万里_xlsx=original(WANLI),
        封面_png=b"\x89PNG\r\n",
    )


def choose(client, data, **given):
    """The address of the archive's page."""
    response = client.post(FORM, {"file": SimpleUploadedFile("全县.zip", data), **given})
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def read_all(client, address):
    """What the page shows when all is read."""
    while (page := client.get(address)).context["read"] < page.context["total"]:
        assert client.post(f"{address}read/").url == address
    return page


def states(page):
    return {file.name: file.state for file in page.context["files"]}


@pytest.fixture
def address(wang):
    return choose(wang, county(), region="130324")


def test_files_are_read_a_few_at_a_time(wang, address, monkeypatch):
    monkeypatch.setattr(batch, "AT_ONCE", 0)
    first = wang.get(address).content.decode()
    assert "正在读取：0/5" in first and 'class="go-on"' in first
    wang.post(f"{address}read/")
    assert "正在读取：1/5" in wang.get(address).content.decode()
    assert not Budget.objects.exists()


def test_each_file_is_said_what_it_is(wang, address):
    page = read_all(wang, address)
    assert states(page) == {
        "万里.xlsx": State.KEPT_OUT,
        "刘家营乡/其余.xlsx": State.NEW,
        "刘家营乡/坏.xlsx": State.KEPT_OUT,
        "刘家营乡/收入.xlsx": State.NEW,
        "封面.png": State.REFUSED,
    }
    text = page.content.decode()
    assert "909 卢龙县刘家营乡人民政府2024年部门预算　错误" in text and "“收入总表”的 F11 单元格" in text
    assert "也没有登记叫“上海市普陀区人民政府万里街道办事处”的单位" in text
    assert "保存全部没有问题的（2 个）" in text and "go-on" not in text.split("<script")[0]
    assert "--" not in page.context["files"][0].said
    assert not Budget.objects.exists() and not Upload.objects.exists()


def test_all_without_problems_are_saved_each_for_itself(wang, address, monkeypatch):
    read_all(wang, address)
    monkeypatch.setattr(batch, "AT_ONCE", 0)
    wang.post(f"{address}save/")
    assert "正在保存：已存 1 个，还有 1 个" in wang.get(address).content.decode()
    page = wang.post(f"{address}save/", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["没有问题的文件都已存为草稿，共 2 个。"]
    assert states(page)["刘家营乡/收入.xlsx"] == states(page)["刘家营乡/其余.xlsx"] == State.SAVED
    whole = read_original(EXCEL)
    assert load(Budget.objects.get()).entries.lines == whole.entries.lines
    assert [entry.change_message for entry in LogEntry.objects.order_by("id")] == [
        "从文件“刘家营乡/其余.xlsx”导入",
        "从文件“刘家营乡/收入.xlsx”导入",
    ]
    assert {upload.uploaded_by for upload in Upload.objects.all()} == {wang.user}
    assert {bytes(file.content) for file in StagedUpload.objects.filter(state=State.SAVED)} == {b""}


def test_a_draft_that_somebody_else_changes_meanwhile_is_left_alone(wang, address):
    saving.save(read_original(EXCEL), original(EXCEL), EXCEL)
    read_all(wang, address)
    Line.objects.filter(book="three_public").update(amount=1)
    page = wang.post(f"{address}save/", follow=True)
    assert states(page)["刘家营乡/其余.xlsx"] == State.STALE and "草稿后来被别人改过" in page.content.decode()
    assert Line.objects.get(book="three_public").amount == 1 and Upload.objects.count() == 1


def test_what_fails_saves_nothing_of_its_file_and_the_others_go_on(wang, address, monkeypatch):
    def fail(budget, *args):
        raise RuntimeError("disk full")

    read_all(wang, address)
    monkeypatch.setattr(writing, "_write_records", fail)
    page = wang.post(f"{address}save/", follow=True)
    assert states(page)["刘家营乡/其余.xlsx"] == State.REFUSED and "程序出错，没有保存任何内容" in page.content.decode()
    assert states(page)["刘家营乡/收入.xlsx"] == State.SAVED
    assert {upload.name for upload in Upload.objects.all()} == {"收入.xlsx"}


def test_one_file_is_looked_at_told_and_confirmed_alone(wang, address):
    read_all(wang, address)
    file = StagedUpload.objects.get(name="万里.xlsx")
    one = f"{FORM}{file.pk}/"
    assert "文件里没有单位编码" in wang.get(one).content.decode()
    wang.post(one, {"region": "310107", "unit": "210", "year": "2023"})
    seen = wang.get(one).context["seen"]
    response = wang.post(f"{one}confirm/", {"sha256": seen.sha256, "version": seen.version})
    assert response.url == address and Budget.objects.get().department.unit == "210"
    assert states(wang.get(address))["万里.xlsx"] == State.SAVED
    assert wang.get(one).status_code == 404


def test_the_same_archive_again_has_nothing_to_save(wang, address):
    read_all(wang, address)
    wang.post(f"{address}save/")
    again = read_all(wang, choose(wang, county(), region="130324"))
    assert states(again)["刘家营乡/其余.xlsx"] == states(again)["刘家营乡/收入.xlsx"] == State.SAME
    assert again.context["to_save"] == 0


def test_what_only_prints_the_same_elsewhere_becomes_the_source(wang):
    saving.save(read_original(WORD), original(WORD), WORD)
    address = choose(wang, packed(预算_xlsx=original(EXCEL)))
    assert states(read_all(wang, address)) == {"预算.xlsx": State.SOURCE}
    wang.post(f"{address}save/")
    assert Budget.objects.get().source.name == "预算.xlsx" and Budget.objects.get().sections.count() == 11


def test_another_persons_archive_does_not_exist(wang, address, li, stranger):
    other = post(signed_in("张会计"), Role.CLERK, "130324")
    for way in ("", "read/", "save/", "discard/"):
        assert (other.post if way else other.get)(address + way).status_code == 404
        assert (li.post if way else li.get)(address + way).status_code == 403
        assert "/login/" in (stranger.post if way else stranger.get)(address + way).url
    assert [wang.get(address + way).status_code for way in ("read/", "save/", "discard/")] == [405] * 3
    assert StagedBatch.objects.count() == 1


def test_an_archive_is_forgotten_when_the_person_says_no_or_brings_another(wang, address):
    assert wang.post(f"{address}discard/").url == FORM and not StagedUpload.objects.exists()
    first, second = choose(wang, county()), choose(wang, county())
    assert wang.get(first).status_code == 404 and wang.get(second).status_code == 200


@pytest.mark.parametrize(
    ("data", "given", "field", "sentence"),
    [
        (packed(a_xlsx=b"1"), {"unit": "909"}, "unit", "单位编码和单位名称请不要填"),
        (packed(), {}, "file", "没有文件"),
        (packed(a_xlsx=b"1")[:-9], {}, "file", "。"),
    ],
)
def test_an_archive_that_cannot_be_taken_is_refused_at_its_field(wang, data, given, field, sentence):
    response = wang.post(FORM, {"file": SimpleUploadedFile("a.zip", data), **given})
    assert sentence in response.context["form"].errors[field][0] and not StagedBatch.objects.exists()


@pytest.mark.parametrize(("setting", "sentence"), [("MAX_ARCHIVE", "超过了"), ("MAX_UNPACKED", "解开以后超过")])
def test_an_archive_that_is_too_large_is_refused(wang, monkeypatch, setting, sentence):
    monkeypatch.setattr(settings, setting, 3)
    response = wang.post(FORM, {"file": SimpleUploadedFile("a.zip", packed(a_xlsx=b"1" * 9))})
    assert sentence in response.context["form"].errors["file"][0]
