"""The rooms stay apart: who may import whom, and what no module may be called."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("budget", "disclosures", "deploy")
FORBIDDEN_NAMES = {"utils", "helpers", "services", "base", "core", "common", "misc", "signals"}


def modules(*folders):
    """Every module under the folders, migrations aside."""
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    )


def imports(path):
    """The dotted names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaking(folders, *banned):
    """[(module, import)] of imports that begin with a banned name."""
    return [
        (str(path.relative_to(ROOT)), name)
        for path in modules(*folders)
        for name in imports(path)
        if name.startswith(banned)
    ]


def test_budget_never_imports_disclosures():
    assert breaking(["budget"], "disclosures") == []


def test_budget_knows_no_request_outside_its_admin():
    found = breaking(["budget"], "django.http", "django.shortcuts", "django.urls", "django.views")
    assert [item for item in found if not item[0].startswith("budget/admin")] == []


def test_the_public_side_reads_no_workbook():
    found = breaking(["disclosures"], "budget.intake", "openpyxl.load_workbook", "openpyxl.reader", "docx")
    allowed = "disclosures/management/commands/demo.py"  # it imports its sample as a township would
    assert [item for item in found if item[0] != allowed] == []


def test_views_read_publications_only():
    """The gate between drafts and the public: pages know the frozen content, never the draft's models."""
    views = ("views.py", "page_views.py")
    public = [path for path in modules("disclosures") if path.name in views or "pages" in path.parts]
    assert public
    for path in public:
        names = [n for n in imports(path) if n.startswith(("budget.models", "budget.drafts", "disclosures.publish"))]
        assert names == [], path


def test_the_numbers_do_not_know_how_they_are_stored():
    """Declarations, documents, figures, intake and checks work on values: a file is checked without a database."""
    pure = ["declare", "documents", "figures", "intake", "checks"]
    assert breaking([f"budget/{room}" for room in pure], "budget.models", "budget.drafts", "django.db.models.Q") == []
    for name in ("cell", "finding", "money", "text"):
        found = [n for n in imports(ROOT / "budget" / f"{name}.py") if n.startswith(("budget.models", "budget.drafts"))]
        assert found == [], name


def test_only_publish_writes_publications():
    writers = [
        str(path.relative_to(ROOT))
        for path in modules(*ROOMS)
        if "Publication(" in path.read_text(encoding="utf-8") and "class Publication(" not in path.read_text("utf-8")
    ]
    assert writers == ["disclosures/publish.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_is_called_after_nothing(room):
    assert [p for p in modules(room) if p.stem in FORBIDDEN_NAMES or set(p.parts) & FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("path", sorted((ROOT / "static").glob("*.css")), ids=lambda path: path.name)
def test_a_stylesheet_closes_what_it_opens(path):
    """A rule that is left open swallows all that follow, on some screens only."""
    depth = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        depth += line.count("{") - line.count("}")
        assert depth >= 0, line
    assert depth == 0


def test_there_are_no_inline_styles_or_scripts():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text and "<style" not in text and "onclick=" not in text, path
        assert "<script>" not in text, path
