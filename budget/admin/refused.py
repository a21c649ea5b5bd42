"""What the back office answers when it does not do something: one sentence in Chinese, and the way out."""

from django.shortcuts import render
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

BACK = "回到首页"


def refused(request, status, title, sentence, way=None):
    """A page that says what is so; way: (address, words) of the way out, else the first page of the back office."""
    address, words = way or (reverse("admin:index"), BACK)
    context = {"title": title, "sentence": sentence, "address": address, "words": words}
    return render(request, "admin/refused.html", context, status=status)


def _is_ours(request):
    return request.path_info.startswith(reverse("admin:index"))


def bad_request(request, exception):
    """400: a form too large or broken."""
    if not _is_ours(request):
        return defaults.bad_request(request, exception)
    return refused(
        request, 400, "没有收下", "交上来的内容不完整或太大，没有保存任何内容；请退回上一页再试，或分几次保存。"
    )


def forbidden(request, exception):
    """403: not among what one's posts permit."""
    if not _is_ours(request):
        return defaults.permission_denied(request, exception)
    return refused(
        request, 403, "没有权限", "您的岗位不办理这一项，没有改动任何内容；需要的话，请县里的管理员给您加岗位。"
    )


def not_found(request, exception):
    """404: there is no such thing, or it is another body's."""
    if not _is_ours(request):
        return defaults.page_not_found(request, exception)
    return refused(request, 404, "没有这一页", "网址可能不对，或者这不是您单位的内容，或者已经删去；请从首页重新找起。")


def failed(request):
    """500: our own mistake."""
    if not _is_ours(request):
        return defaults.server_error(request)
    said = "问题出在本站，已经记录下来，没有存下一半；请退回上一页再试，还不行请告诉县里的技术人员。"
    return refused(request, 500, "这一步没有办成", said)


def form_too_old(request, reason=""):
    """403: the form was opened before the last log-in, or comes from elsewhere."""
    if not _is_ours(request):
        return csrf_failure(request, reason)
    said = "这一页打开得太久，或者在别处重新登录过，所以没有保存；请退回上一页，刷新以后再交一次。"
    return refused(request, 403, "没有保存", said)
