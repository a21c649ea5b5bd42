"""What the back office answers when it does not do something: one Chinese sentence and the way out."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_urlconf

from budget.admin import refused
from budget.admin.login import pages
from tests.budget.people import administrator, li, wang

__all__ = ["administrator", "li", "wang"]
pytestmark = pytest.mark.django_db


def said(answer):
    """The sentence of a page; it must be a page of ours, with a way out."""
    page = answer.content.decode()
    assert '<html lang="zh-hans">' in page and '<a class="button" href="/admin/">回到首页</a>' in page
    return re.search(r'class="next-step">([^<]+。)<', page)[1]


def test_a_page_that_is_not_there(wang):
    answer = wang.get("/admin/nothing/")
    assert answer.status_code == 404 and "请从首页重新找起" in said(answer)


def test_what_ones_posts_do_not_permit(li):
    answer = li.get("/admin/people/")
    assert answer.status_code == 403 and "请县里的管理员给您加岗位" in said(answer)


def test_a_form_that_is_too_old(wang):
    client = Client(enforce_csrf_checks=True)
    client.force_login(wang.user)
    answer = client.post("/admin/second-factor/", {"digits": "1"})
    assert answer.status_code == 403 and "刷新以后再交一次" in said(answer)


def test_our_own_mistake(administrator, monkeypatch):
    monkeypatch.setattr(pages, "board", lambda *what: 1 / 0)
    administrator.raise_request_exception = False
    answer = administrator.get("/admin/people/")
    assert answer.status_code == 500 and "问题出在本站" in said(answer)


def test_our_own_mistake_is_told_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert refused.failed(RequestFactory().get("/admin/")).status_code == 500


def test_a_form_that_is_too_large(wang):
    answer = wang.post("/admin/second-factor/", {f"f{n}": "1" for n in range(6000)})
    assert answer.status_code == 400 and "没有保存任何内容" in said(answer)


@pytest.mark.parametrize("answer", [
    lambda request: refused.not_found(request, Http404()),
    lambda request: refused.forbidden(request, PermissionDenied()),
    refused.failed, refused.form_too_old, lambda request: refused.bad_request(request, ValueError()),
])  # fmt: skip
def test_the_public_side_keeps_its_own_pages(answer):
    page = answer(RequestFactory().get("/130324/")).content.decode()
    assert "/admin/" not in page or "经办人入口" in page
    assert get_urlconf() is None
