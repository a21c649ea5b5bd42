"""Older content in the present format. What is stored never changes; it is upgraded whenever it is read.

Format 1 (to version 0.1): one kind of document; figures addressed by three words; projects beside the lists, their
goals plain texts; nothing of what the rules need besides the figures.
Format 2: a finding had one sentence for clerk and reader alike, and was of one rule; nothing but the declared tables
was there, what else a file printed was not kept.
Format 3: a later version did not say what it corrected.
Format 4: a text was its paragraphs alone: no figure in it had an address, none was written from declared sentences.
"""

from typing import Any

from budget.cell import FIRST_KEYS, Cell, from_first_form
from budget.finding import Finding, Level
from disclosures.content.freeze import FORMAT
from disclosures.content.signed import without_accounts

Json = dict[str, Any]


def _field(key: str, heading: str, kind: str, *inner: Json) -> Json:
    return {"key": key, "heading": [heading], "kind": kind} | ({"fields": list(inner)} if inner else {})


# The fields of a project as format 1 knew them, whatever is declared today.
_PROJECT_FIELDS = [
    _field("code", "项目编码", "code"),
    _field("name", "项目名称", "text"),
    _field("amount", "预算数", "amount"),
    _field("fiscal_funds", "其中：财政    资金", "amount"),
    _field("other_funds", "其他资金", "amount"),
    _field("purpose", "资金用途", "text"),
    _field(
        "payment_plan",
        "资金支出计划（%）",
        "rows",
        _field("until", "截至", "text"),
        _field("percent", "累计支出（%）", "percent"),
    ),
    _field("goals", "绩效目标", "rows", _field("text", "绩效目标", "text")),
    _field(
        "indicators",
        "绩效指标",
        "rows",
        _field("level1", "一级指标", "text"),
        _field("level2", "二级指标", "text"),
        _field("level3", "三级指标", "text"),
        _field("description", "绩效指标描述", "text"),
        _field("target", "指标值", "text"),
        _field("basis", "指标值确定依据", "text"),
    ),
]


class UnknownFormat(ValueError):
    """A content of a format that this release does not know: it was frozen by a later one."""


def upgrade(content: Json) -> Json:
    """The content in the present format, under names of offices and persons; the very same where it is so."""
    while content["format"] != FORMAT:
        if content["format"] not in _STEPS:
            raise UnknownFormat(f"format {content['format']} is not known here; this release writes {FORMAT}")
        content = _STEPS[content["format"]](content)
    return without_accounts(content)


def _from_1(content: Json) -> Json:
    kept = {key: value for key, value in content.items() if key != "projects"}
    return kept | {
        "format": 2,
        "document": {"key": "department_budget", "name": "部门预算"},
        "tables": [table | {"key": FIRST_KEYS[table["key"]]} for table in content["tables"]],
        "forms": [
            {
                "key": "projects",
                "title": "项目绩效目标表",
                "fields": _PROJECT_FIELDS,
                "records": [_project(project) for project in content["projects"]],
            }
        ],
        "lines": [line | {"project": ""} for line in content["lines"]],
        "ledger": [entry | {"cells": _by_table(entry["cells"])} for entry in content["ledger"]],
        "findings": [_finding(finding) for finding in content["findings"]],
        "printed": [one | {"cell": _cell(one["cell"])} for one in content["printed"]],
        "unprinted": [one | {"table": FIRST_KEYS[one["table"]]} for one in content["unprinted"]],
        "file": None,
        "as_written": {},
        "recorded": {
            "approved_on": None,
            "published_on": None,
            "secrecy_review": False,
            "sign_off": False,
            "last_year": {},
        },
    }


def _project(project: Json) -> Json:
    return project | {"goals": [{"text": goal} for goal in project["goals"]]}


def _cell(words: list[str]) -> str:
    return str(from_first_form(*words))


def _by_table(cells: dict[str, list[str]]) -> list[str]:
    """{table: ["row/column"]}; a row may hold a slash itself, a column never does."""
    return [_cell([table, *cell.rsplit("/", 1)]) for table, found in cells.items() for cell in found]


def _finding(finding: Json) -> Json:
    return finding | {"cells": [_cell(cell) for cell in finding["cells"]], "proposal": ""}


def _from_2(content: Json) -> Json:
    findings = [_of_one_rule(finding) for finding in content["findings"]]
    return content | {"format": 3, "findings": findings, "as_printed": []}


def _of_one_rule(finding: Json) -> Json:
    """A finding that told itself alone: its sentence is all that its readers had, its fingerprint is its cause."""
    cells = tuple(map(Cell.parse, finding["cells"]))
    told = (), finding["expected"], finding["found"], cells
    one = Finding(finding["rule"], Level(finding["level"]), finding["message"], *told)
    added = {"reader": one.message, "cause": one.fingerprint, "rules": [one.rule]}
    return finding | added | {"about": finding["cells"][:1]}


def _from_3(content: Json) -> Json:
    return content | {"format": 4}


def _from_4(content: Json) -> Json:
    narrative = content["narrative"]
    sections = [section | {"figures": []} for section in narrative["sections"]]
    return content | {
        "format": 5,
        "narrative": narrative | {"sections": sections},
        "written": {"sections": {}, "reasons": {}, "sentences": []},
        "recorded": content["recorded"] | {"last_year_records": {}},
    }


_STEPS = {1: _from_1, 2: _from_2, 3: _from_3, 4: _from_4}
