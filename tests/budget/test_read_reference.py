"""The reference document, from Excel and from Word, against what is printed in it, cell by cell."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from budget.codes import shipped_names
from budget.documents.department_budget.projects import PROJECTS
from budget.documents.department_budget.tables import TABLES
from budget.figures.fill import fill
from budget.money import plain
from tests.budget.conftest import read_original

EXPECTED = json.loads(
    (Path(__file__).parent.parent / "files" / "expected" / "liujiaying-2024.facts.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module", params=["liujiaying-2024.xlsx", "liujiaying-2024.docx"])
def reading(request):
    reading = read_original(request.param)
    assert reading.problems == []
    return reading


def shown(amount):
    return "" if amount is None else plain(amount)


@pytest.fixture(scope="module")
def records(reading):
    return reading.entries.records


def test_whose_budget_it_is(reading):
    entries = reading.entries
    assert (entries.region, entries.unit, entries.name, entries.year) == (
        "130324",
        "909",
        "卢龙县刘家营乡人民政府",
        2024,
    )


@pytest.mark.parametrize("number", range(1, 10))
def test_every_printed_cell_is_kept(reading, number):
    """What the file prints, blanks included, in printed order."""
    table = TABLES[number - 1]
    printed = {p.cell: shown(p.amount) for p in reading.original.of_table(table.key)}
    expected = EXPECTED["tables"][number - 1]
    for index, cells in enumerate(expected["rows"]):
        columns = cells[1:]
        for side, filled in zip(table.sides, fill(table, reading.entries.lines).sides, strict=True):
            figures = columns[len(side.labels) : len(side.labels) + len(side.columns)]
            columns = columns[len(side.labels) + len(side.columns) :]
            for column, text in zip(side.columns, figures, strict=True):
                row = filled[index]
                assert (printed.get(table.cell(row.key, column.key), "") if row else "") == text


@pytest.mark.parametrize("number", range(1, 10))
def test_every_derived_cell_equals_the_printed_one(reading, number):
    """Except the totals that table 9 leaves blank over 22.39."""
    table = TABLES[number - 1]
    expected = EXPECTED["tables"][number - 1]
    filled = fill(table, reading.entries.lines, shipped_names(2024))
    if not expected["rows"]:
        assert filled.is_empty and table.empty_note == expected["note"]
        return
    for index, cells in enumerate(expected["rows"]):
        derived = []
        for side, rows in zip(table.sides, filled.sides, strict=True):
            row = rows[index]
            derived += [*row.labels, *map(shown, row.amounts)] if row else [""] * len(side.labels + side.columns)
        if number == 9 and cells[1] in ("合计", "“三公”经费小计", "二、公务用车购置及运维费"):
            assert derived == [cells[1], "22.39", "22.39", "", ""]
        else:
            assert derived == cells[1:]


def test_institutions(records):
    assert records["institutions"] == EXPECTED["institutions"]


def test_eighteen_projects_with_115_indicators(records):
    indicators = [f.key for f in PROJECTS.field("indicators").fields]
    assert len(records["projects"]) == 18
    assert sum(len(project["indicators"]) for project in records["projects"]) == 115
    for project, expected in zip(records["projects"], EXPECTED["projects"], strict=True):
        assert (project["code"], project["name"]) == (expected["code"], expected["name"])
        assert shown(project["amount"]) == expected["budget"]
        assert shown(project["fiscal_funds"]) == expected["fiscal_funds"]
        assert shown(project["other_funds"]) == expected["other_funds"]
        assert project["purpose"].strip() == expected["purpose_as_printed"].strip()
        assert [goal["text"] for goal in project["goals"]] == expected["goals_as_printed"]
        plan = {step["until"]: f"{step['percent']}%" for step in project["payment_plan"]}
        assert plan == expected["payment_plan_percent"]
        assert project["indicators"] == [{key: i[key] for key in indicators} for i in expected["indicators"]]


def test_procurement(records):
    names = {
        "project_budget": "project_budget",
        "general_public_budget": "general_public_budget",
        "sme_reserved": "sme_reserved",
        "unit_price": "unit_price",
    }
    expected = [row for row in EXPECTED["procurement"] if row["item"]]
    assert len(records["procurement"]) == len(expected) == 2
    for record, row in zip(records["procurement"], expected, strict=True):
        assert record["institution"] == "卢龙县刘家营乡人民政府本级"
        assert [record[k] for k in ("project", "item", "catalogue_code", "unit")] == [
            row[k] for k in ("project", "item", "catalogue_code", "unit")
        ]
        assert record["quantity"] == Decimal(row["quantity"])
        assert {k: shown(record[k]) for k in names} == {k: row[v] for k, v in names.items()}


def test_fixed_assets_with_the_printed_total(reading, records):
    assert reading.entries.dates["fixed_assets"].isoformat() == EXPECTED["fixed_assets"]["as_of"]
    rows = EXPECTED["fixed_assets"]["rows"]
    assert [shown(record["value"]) for record in records["fixed_assets"]] == [row["value"] for row in rows]
    quantities = ["" if r["quantity"] is None else str(r["quantity"]) for r in records["fixed_assets"]]
    assert quantities == [row["quantity"] for row in rows]
    assert records["fixed_assets"][0] == {"kind": "total", "quantity": None, "value": Decimal("23370900.00")}


def test_eleven_sections_of_text():
    sections = read_original("liujiaying-2024.docx").entries.sections
    assert [s["title"] for s in sections] == [s["title"] for s in EXPECTED["narrative"]]
    for section, expected in zip(sections, EXPECTED["narrative"], strict=True):
        assert section["text"].split("\n") == (expected["paragraphs"] or [""])


def test_both_files_say_the_same():
    excel = read_original("liujiaying-2024.xlsx").entries
    word = read_original("liujiaying-2024.docx").entries
    assert excel.lines == word.lines
    for key, found in excel.records.items():
        assert found == word.records[key], key
