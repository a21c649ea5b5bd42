"""Importing a file: choose, look, confirm. GET changes nothing; each POST redirects.

The confirmation is bound to the file (by its SHA-256), to its user, and to what the draft said on the page
that the person saw. Everything is saved in one transaction, or nothing.
"""

from functools import partial, wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from budget.admin.annotated import annotated as annotated_file
from budget.admin.differences import fingerprint
from budget.admin.drafts import change_url
from budget.admin.import_forms import ImportForm, WhoseForm
from budget.admin.preview import may_save, preview
from budget.admin.staging import draft_of, lock, read_staged, say_whose, stage
from budget.drafts.save import save
from budget.intake.guard import Refused
from budget.models import StagedUpload, Upload

CHANGED_MEANWHILE = "草稿刚刚被别人改过，这次没有保存。请看下面哪些地方变了，再确认一次。"


def may_import(user):
    """Whether a person may import files: who may add and change budgets."""
    return user.has_perms(["budget.add_budget", "budget.change_budget"])


def urls(model_admin):
    """The addresses of the import, inside those of the budget."""
    views = (
        ("import/", choose, "budget_import"),
        ("import/<uuid:pk>/", look, "budget_import_preview"),
        ("import/<uuid:pk>/confirm/", confirm, "budget_import_confirm"),
        ("import/<uuid:pk>/annotated/", annotated, "budget_import_annotated"),
        ("import/<uuid:pk>/discard/", discard, "budget_import_discard"),
    )
    wrap = model_admin.admin_site.admin_view
    return [path(route, wrap(wraps(view)(partial(view, model_admin))), name=name) for route, view, name in views]


def _for_importers(*methods):
    """A view for those who may import, by these HTTP methods only."""

    def guarded(view):
        @wraps(view)
        def inner(model_admin, request, **kwargs):
            if not may_import(request.user):
                raise PermissionDenied
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(model_admin, request, **kwargs)

        return inner

    return guarded


_READING = ("GET", "HEAD", "POST")


def _own(request, pk):
    """The person's own staged file; another's does not exist."""
    return get_object_or_404(StagedUpload, pk=pk, user=request.user)


def _sent(request):
    """What a form is bound to: nothing, until something is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _page(model_admin, request, template, title, **context):
    common = model_admin.admin_site.each_context(request)
    return render(request, template, common | {"opts": model_admin.opts, "title": title} | context)


@_for_importers(*_READING)
def choose(model_admin, request):
    """Choose a file; it is read at once, and kept only when it can be."""
    form = ImportForm(*_sent(request))
    if form.is_valid():
        name = _plain(form.cleaned_data["file"].name)
        staged = stage(request.user, name, form.content, form.given(), form.reading)
        return redirect("admin:budget_import_preview", staged.pk)
    return _page(model_admin, request, "admin/budget/import.html", "导入预算文件", form=form)


def _plain(name):
    """A file name without control characters, as long as the database takes."""
    return "".join(c for c in name if c.isprintable())[-200:]


@_for_importers(*_READING)
def look(model_admin, request, pk):
    """What was read and what would change; a POST says whose the file is where it does not say so itself."""
    staged, sent = _own(request, pk), WhoseForm(*_sent(request))
    try:
        if sent.is_valid():
            say_whose(staged, sent.given())
            return redirect("admin:budget_import_preview", staged.pk)
        seen = preview(staged, read_staged(staged))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:budget_import")
    form = sent if sent.is_bound else WhoseForm(initial=_whose(seen))
    return _page(model_admin, request, "admin/budget/preview.html", "核对导入内容", staged=staged, seen=seen, form=form)


@_for_importers("GET", "HEAD")
def annotated(model_admin, request, pk):
    """The staged file with what does not agree marked in it."""
    staged = _own(request, pk)
    return annotated_file(bytes(staged.content), staged.name, read_staged(staged))


def _whose(seen):
    """What the form begins with: what the file says; a kind that it does not say is left to be chosen."""
    entries, document = seen.entries, seen.entries.document.key if seen.kind else ""
    return {
        "region": entries.region,
        "unit": entries.unit,
        "year": entries.year,
        "name": entries.name,
        "document": document,
    }


@_for_importers("POST")
def discard(model_admin, request, pk):
    """Forget a staged file."""
    _own(request, pk).delete()
    messages.info(request, "没有保存，文件已经丢弃。")
    return redirect("admin:budget_import")


@_for_importers("POST")
def confirm(model_admin, request, pk):
    """Save what the person saw, if it is still what would be saved."""
    with transaction.atomic():
        staged = StagedUpload.objects.select_for_update().filter(pk=pk, user=request.user).first()
        if staged is None:
            return _saved_before(request)
        reading = _still_true(request, staged)
        if reading is None:
            return redirect("admin:budget_import_preview", staged.pk)
        saved = _save(model_admin, request, staged, reading)
    messages.success(request, _outcome(saved))
    return redirect(change_url(saved.budget))


def _still_true(request, staged):
    """The reading, when file and draft are what the person saw; otherwise None, and why is said on the next page.

    The file was read when it was chosen and checked when it was shown: neither is done again.
    """
    try:
        reading = read_staged(staged)
    except Refused:
        return None
    lock(reading.entries)
    if not may_save(reading) or request.POST.get("sha256") != staged.sha256:
        return None
    if request.POST.get("version") != fingerprint(draft_of(reading.entries)):
        messages.warning(request, CHANGED_MEANWHILE)
        return None
    return reading


def _save(model_admin, request, staged, reading):
    saved = save(reading, bytes(staged.content), staged.name, request.user)
    log = model_admin.log_addition if saved.created else model_admin.log_change
    log(request, saved.budget, f"从文件“{staged.name}”导入")
    staged.delete()
    return saved


def _outcome(saved):
    if saved.created:
        return f"已存为草稿：{saved.budget}。"
    if saved.changed:
        return f"已更新草稿：{saved.budget}。"
    return f"与现有草稿相同，没有变化：{saved.budget}。"


def _saved_before(request):
    """A second click on the button finds its file saved already; anybody else finds nothing."""
    upload = Upload.objects.filter(sha256=request.POST.get("sha256", ""), uploaded_by=request.user).first()
    if upload is None:
        raise Http404
    messages.info(request, "这个文件刚才已经保存。")
    return redirect(change_url(upload.budget))
