"""What is undocumented fails: commands, settings, addresses, rules, problems; public names have docstrings."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import get_resolver

from budget.documents import DOCUMENTS
from budget.intake.problems import PROBLEMS

ROOT = Path(__file__).parent.parent


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_command_is_documented():
    ours = {name for name, app in get_commands().items() if app in ("budget", "disclosures")}
    documented = text("budget/README.md") + text("disclosures/README.md")
    assert ours >= {"import_budget", "check_budget", "publish_budget", "export_budget", "demo"}
    assert {name for name in ours if f"`{name} " not in documented} == set()


def test_every_setting_is_documented():
    names = set(re.findall(r"""(?:env(?:\.\w+)?|_switch|_number)\(\s*["']([A-Z_]+)["']""", text("deploy/settings.py")))
    assert {"DATABASE_URL", "DATA_DIR", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"} <= names
    assert {name for name in names if f"`{name}`" not in text("deploy/README.md")} == set()


def test_every_rule_and_problem_is_documented():
    documented = text("budget/README.md")
    tables = {table.code for document in DOCUMENTS.values() for table in document.tables}
    assert tables == {f"T{n}" for n in range(1, 10)} and "| T1 … T9 |" in documented
    others = {rule.id for document in DOCUMENTS.values() for rule in document.rules} - tables | set(PROBLEMS)
    assert {name for name in others if f"| {name} |" not in documented} == set()


def public_addresses(patterns=None, above=""):
    """Every public address, with its place names: `…/tables/<int:number>/`."""
    for pattern in get_resolver("disclosures.urls").url_patterns if patterns is None else patterns:
        address = above + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from public_addresses(pattern.url_patterns, address)
        else:
            yield address


def test_every_public_address_is_documented():
    documented = text("disclosures/README.md")
    addresses = list(public_addresses())
    assert len(addresses) > 20 and any("tables/<int:number>/" in address for address in addresses)
    for address in addresses:
        words = re.findall(r"[a-z][a-z-]+(?=[/.]|$)", re.sub(r"<[^>]*>|\(\?P<[^>]*>[^)]*\)", "", address))
        assert all(word in documented for word in words), address


def public_definitions():
    for room in ("budget", "disclosures", "deploy"):
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield from _definitions(path)


def _definitions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield path, node


@pytest.mark.parametrize("kind", [ast.FunctionDef, ast.ClassDef])
def test_public_names_have_docstrings(kind):
    said_elsewhere = {"Command", "Migration", "BudgetConfig", "DisclosuresConfig"}
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, node in public_definitions()
        if isinstance(node, kind) and node.name not in said_elsewhere and not ast.get_docstring(node)
    ]
    assert bare == []


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for room in ("budget", "disclosures")
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
        and path.stat().st_size
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_the_project_names_no_machine():
    """No path of one machine, no registry host, no tool of a workplace: lock files included."""
    banned = re.compile(r"/wor[k]/|/far[m]/|[.]librar[y]|files[.]pythonhosted|registr[y][.]npmjs|pyp[i][.]org/simple")
    texts = [
        *(one for one in ROOT.glob("*.*") if one.name != ".git"),
        *ROOT.glob(".ci/*"),
        *ROOT.glob("deploy/**/*.*"),
        *ROOT.glob("budget/**/*.py"),
        *ROOT.glob("disclosures/**/*.py"),
        *ROOT.glob("tests/**/*.py"),
    ]
    found = [
        str(p.relative_to(ROOT))
        for p in texts
        if p.is_file()
        and p.suffix not in (".png", ".docx", ".xlsx", ".pyc")
        and banned.search(p.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
