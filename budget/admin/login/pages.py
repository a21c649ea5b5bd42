"""The administrator's pages: 谁管哪个单位, a new person, and one person."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from budget.admin.login import posts, second_factor
from budget.admin.login.board import board, places, state_of
from budget.admin.login.events import name_of
from budget.admin.login.forms import EmailForm, PersonForm, PostForm
from budget.admin.login.gate import roles_and_device_of
from budget.admin.login.posts import Refused, managed_by, place_named

TITLE = "谁管哪个单位"
LATEST = 50


def for_administrators(view):
    """A view for those who keep the accounts."""

    @never_cache
    @login_required(login_url="login")
    @wraps(view)
    def inner(request, **kwargs):
        if not request.user.has_perm("budget.change_post"):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        return view(request, **kwargs)

    return inner


@for_administrators
def people(request):
    """The whole of it, or what is looked for."""
    words = " ".join(request.GET.get("q", "").split())[:60]
    return _page(request, "people", TITLE, board=board(request.user, words), q=words)


@for_administrators
def add(request):
    """A new person with a post and an invitation."""
    form = PersonForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            return _added(request, form.cleaned_data)
        except Refused as why:
            form.add_error("of", str(why))
    return _page(request, "add_person", "加一个人", form=form, places=places())


def _added(request, said):
    place = place_named(said["role"], said["of"])
    created = posts.create(request.user, said["username"], said["name"], said["email"], said["role"], place)
    return _invited(request, created)


@for_administrators
def person(request, pk):
    """One person: what they keep, and what can be done about it."""
    whom = get_object_or_404(managed_by(request.user).select_related("log_in"), pk=pk)
    form, why = PostForm(request.POST if request.POST.get("do") == "give" else None), ""
    mail = EmailForm(request.POST if request.POST.get("do") == "email" else None, initial={"email": whom.email})
    if request.method == "POST":
        try:
            done = _do(request, whom, form, mail)
        except Refused as refusal:
            done, why = None, str(refusal)
        if done:
            return done
        whom.refresh_from_db()
    return _page(request, "person", name_of(whom), form=form, mail=mail, why=why, places=places(), **_facts(whom))


def _do(request, whom, form, mail):
    """What the button says: the page that comes next, or None where the form is to be mended."""
    what = request.POST.get("do", "")
    if what == "invite":
        return _invited(request, whom)
    if what == "give":
        return _given(request, whom, form) if form.is_valid() else None
    if what == "take":
        return _taken(request, whom)
    if what == "email":
        return _written_to(request, whom, mail) if mail.is_valid() else None
    if what not in _PLAIN:
        raise Refused("没有这个按钮，没有改动任何内容；请刷新这一页再试。")
    act, said = _PLAIN[what]
    act(request.user, whom)
    return _done(request, whom, f"{name_of(whom)}：{said}")


_PLAIN = {
    "disable": (posts.disable, "账号已停用，下一次点击就退出。"),
    "enable": (posts.enable, "账号恢复使用，密码还是原来的。"),
    "sign_out": (posts.sign_out, "已从所有设备退出。"),
    "reset": (posts.reset_second_factor, "两步验证已重设，下次登录时重新打开。"),
}


def _given(request, whom, form):
    role = form.cleaned_data["role"]
    post = posts.give(request.user, whom, role, place_named(role, form.cleaned_data["of"]))
    return _done(request, whom, f"{name_of(whom)}现在是{post}。")


def _taken(request, whom):
    number = request.POST.get("post", "")
    post = whom.posts.filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 19 else None
    if post is None:
        raise Refused("这个岗位已经取消了，请看现在的岗位。")
    said = str(post)
    posts.take(request.user, whom, post)
    return _done(request, whom, f"{name_of(whom)}不再是{said}。")


def _written_to(request, whom, mail):
    email = mail.cleaned_data["email"]
    posts.write_to(request.user, whom, email)
    return _done(request, whom, f"{name_of(whom)}的提醒发到 {email}。" if email else f"{name_of(whom)}不收提醒。")


def _done(request, whom, said):
    messages.success(request, said)
    return redirect("person", pk=whom.pk)


def _invited(request, whom):
    """The link is shown this once: only its hash is kept."""
    link = request.build_absolute_uri(posts.invite_again(request.user, whom))
    return _page(request, "invited", "邀请链接", whom=whom, name=name_of(whom), link=link)


def _facts(whom):
    roles, device = roles_and_device_of(whom.pk)
    return {
        "whom": whom,
        "name": name_of(whom),
        "state": state_of(whom),
        "has_second_factor": device is not None,
        "needs_second_factor": second_factor.is_needed(whom, roles, device),
        "posts": whom.posts.select_related("department__region", "region"),
        "events": whom.events.all()[:LATEST],
    }


def _page(request, template, title, **context):
    common = admin.site.each_context(request) | {"title": title, "board_title": TITLE}
    return render(request, f"admin/login/{template}.html", common | context)
