"""The page of an archive: each file with its state; a few more are read or saved with every request."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from budget.admin.batch import READY, listed, look_at, ready, save_one, some, waiting
from budget.admin.page import for_importers, page
from budget.models import StagedBatch, StagedUpload

State = StagedUpload.State


def batch_views():
    """(route below the batch's address, view, name)"""
    return (
        ("", show, "budget_import_batch"),
        ("read/", read_more, "budget_import_batch_read"),
        ("save/", save_all, "budget_import_batch_save"),
        ("discard/", discard, "budget_import_batch_discard"),
    )


def _own(request, pk):
    """The person's own archive; another's does not exist."""
    return get_object_or_404(StagedBatch, pk=pk, user=request.user)


@for_importers("GET", "HEAD")
def show(model_admin, request, pk):
    """Each file with what became of it; the page goes on by itself while something is left to do."""
    batch = _own(request, pk)
    files = list(listed(batch))
    states = Counter(file.state for file in files)
    context = {
        "batch": batch,
        "files": files,
        "total": len(files),
        "read": len(files) - states[State.WAITING],
        "saved": states[State.SAVED],
        "to_save": sum(states[state] for state in READY),
        "tally": [(state.label, states[state]) for state in State if states[state]],
    }
    return page(model_admin, request, "admin/budget/batch.html", "核对压缩包里的文件", **context)


@for_importers("POST")
def read_more(model_admin, request, pk):
    """Read some of the files that wait."""
    batch = _own(request, pk)
    some(waiting(batch), look_at)
    return redirect("admin:budget_import_batch", batch.pk)


@for_importers("POST")
def save_all(model_admin, request, pk):
    """Save some of the files without problems, each for itself; the page asks for the rest."""
    batch = _own(request, pk)
    some(ready(batch), lambda one: save_one(one, lambda saved, staged: log_import(model_admin, request, saved, staged)))
    left = ready(batch).exists()
    StagedBatch.objects.filter(pk=batch.pk).update(saving=left)
    if not left:
        messages.success(
            request, f"没有问题的文件都已存为草稿，共 {batch.files.filter(state=State.SAVED).count()} 个。"
        )
    return redirect("admin:budget_import_batch", batch.pk)


def log_import(model_admin, request, saved, staged):
    """Note in the draft's history where it comes from."""
    log = model_admin.log_addition if saved.created else model_admin.log_change
    log(request, saved.budget, f"从文件“{staged.name}”导入")


@for_importers("POST")
def discard(model_admin, request, pk):
    """Forget an archive; what was saved of it stays."""
    _own(request, pk).delete()
    messages.info(request, "压缩包已经丢弃，没有保存的文件不再保留。")
    return redirect("admin:budget_import")
