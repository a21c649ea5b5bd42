"""Importing a file: choose, look, confirm. GET changes nothing; each POST redirects.

The confirmation is bound to the file (by its SHA-256), to its user, and to what the draft said on the page
that the person saw. Everything is saved in one transaction, or nothing.
"""

from functools import partial, wraps

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from budget.admin.annotated import annotated as annotated_file
from budget.admin.batch import begin, done, look_at
from budget.admin.batch_views import batch_views, log_import
from budget.admin.drafts import change_url
from budget.admin.import_forms import ImportForm, WhoseForm
from budget.admin.outlook import outlook
from budget.admin.page import for_importers, page
from budget.admin.preview import preview
from budget.admin.staging import lock, read_staged, say_whose, stage
from budget.drafts.handed_in import problems_of
from budget.drafts.save import save
from budget.intake.guard import Refused
from budget.models import StagedUpload, Upload

CHANGED_MEANWHILE = "草稿刚刚被别人改过，这次没有保存。请看下面哪些地方变了，再确认一次。"


def urls(model_admin):
    """The addresses of the import, inside those of the budget."""
    views = (
        ("import/", choose, "budget_import"),
        ("import/<uuid:pk>/", look, "budget_import_preview"),
        ("import/<uuid:pk>/confirm/", confirm, "budget_import_confirm"),
        ("import/<uuid:pk>/annotated/", annotated, "budget_import_annotated"),
        ("import/<uuid:pk>/discard/", discard, "budget_import_discard"),
    )
    views += tuple((f"import/batch/<uuid:pk>/{route}", view, name) for route, view, name in batch_views())
    wrap = model_admin.admin_site.admin_view
    return [path(route, wrap(wraps(view)(partial(view, model_admin))), name=name) for route, view, name in views]


_READING = ("GET", "HEAD", "POST")


def _own(request, pk):
    """The person's own staged file; another's does not exist."""
    return get_object_or_404(StagedUpload.objects.exclude(state=StagedUpload.State.SAVED), pk=pk, user=request.user)


def _sent(request):
    """What a form is bound to: nothing, until something is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


@csrf_exempt
@for_importers(*_READING)
def choose(model_admin, request):
    """Choose a file; it is read at once, and kept only when it can be.

    An archive is large, and the token stands in the same body: it is looked for only after we know who sends it.
    """
    return csrf_protect(partial(_choose, model_admin))(request)


def _choose(model_admin, request):
    form = ImportForm(*_sent(request))
    if form.is_valid():
        name = _plain(form.cleaned_data["file"].name)
        if form.members is not None:
            return redirect("admin:budget_import_batch", begin(request.user, name, form.members, form.given()).pk)
        try:
            staged = stage(request.user, name, form.content, form.given(), form.reading)
            return redirect("admin:budget_import_preview", staged.pk)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return page(model_admin, request, "admin/budget/import.html", "导入预算文件", form=form)


def _plain(name):
    """A file name without control characters, as long as the database takes."""
    return "".join(c for c in name if c.isprintable())[-200:]


@for_importers(*_READING)
def look(model_admin, request, pk):
    """What was read and what would change; a POST says whose the file is where it does not say so itself."""
    staged, sent = _own(request, pk), WhoseForm(*_sent(request))
    try:
        if sent.is_valid():
            say_whose(staged, sent.given())
            if staged.batch:
                look_at(staged.pk)
            return redirect("admin:budget_import_preview", staged.pk)
        seen = preview(staged, read_staged(staged))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(staged, redirect("admin:budget_import"))
    form = sent if sent.is_bound else WhoseForm(initial=_whose(seen))
    return page(model_admin, request, "admin/budget/preview.html", "核对导入内容", staged=staged, seen=seen, form=form)


@for_importers("GET", "HEAD")
def annotated(model_admin, request, pk):
    """The staged file with what does not agree marked in it."""
    staged = _own(request, pk)
    try:
        whole = outlook(read_staged(staged)).whole
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _back(staged, redirect("admin:budget_import"))
    return annotated_file(bytes(staged.content), staged.short, whole)


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


@for_importers("POST")
def discard(model_admin, request, pk):
    """Forget a staged file."""
    staged = _own(request, pk)
    staged.delete()
    messages.info(request, "没有保存，文件已经丢弃。")
    return _back(staged, redirect("admin:budget_import"))


def _back(staged, elsewhere):
    """To the archive that a file came in, or elsewhere where it came alone."""
    return redirect("admin:budget_import_batch", staged.batch_id) if staged.batch_id else elsewhere


@for_importers("POST")
def confirm(model_admin, request, pk):
    """Save what the person saw, if it is still what would be saved."""
    with transaction.atomic():
        staged = StagedUpload.objects.select_for_update().filter(pk=pk, user=request.user).first()
        if staged is None or staged.state == StagedUpload.State.SAVED:
            return _saved_before(request)
        reading = _still_true(request, staged)
        if reading is None:
            return redirect("admin:budget_import_preview", staged.pk)
        saved = _save(model_admin, request, staged, reading)
    messages.success(request, _outcome(saved))
    return _back(staged, redirect(change_url(saved.budget)))


def _still_true(request, staged):
    """The reading, when file and draft are what the person saw; otherwise None, and why is said on the next page.

    The file was read when it was chosen and checked when it was shown: neither is done again.
    """
    try:
        reading = read_staged(staged)
    except Refused:
        return None
    lock(reading.entries)
    if problems_of(reading) or request.POST.get("sha256") != staged.sha256:
        return None
    if request.POST.get("version") != outlook(reading).version:
        messages.warning(request, CHANGED_MEANWHILE)
        return None
    return reading


def _save(model_admin, request, staged, reading):
    saved = save(reading, bytes(staged.content), staged.short, request.user)
    log_import(model_admin, request, saved, staged)
    if staged.batch:
        done(staged, reading.entries)
    else:
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
