"""Examples of published content in the present format, and its schema, written anew by `python -m tests.files.formats`.

Only while the format is not released: what a release has frozen stays as it is, and the next format has a folder of
its own. `1/anchors.json` holds every anchor of the pages that release 0.1 drew from its examples.
"""

import datetime
import json
import os
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="formats-")

import django  # noqa: E402

django.setup()

from budget import codes  # noqa: E402
from budget.cell import Cell  # noqa: E402
from budget.checks.ledger import check, findings_of  # noqa: E402
from budget.declare.sentence import Item  # noqa: E402
from budget.figures.as_printed import Area, AsPrinted  # noqa: E402
from budget.figures.dossier import Recorded  # noqa: E402
from budget.finding import Level  # noqa: E402
from budget.regions import region_name  # noqa: E402
from budget.sentences.compose import compose  # noqa: E402
from disclosures.content import FORMAT, canonical, freeze, schema  # noqa: E402
from disclosures.content.schema import FROZEN  # noqa: E402
from tests.budget.conftest import read_original  # noqa: E402
from tests.budget.small import copy, names, small  # noqa: E402

DAY = datetime.date(2024, 3, 1)


def explained(dossier):
    """The dossier with its first error corrected as proposed, its last one explained, reviewed and signed."""
    first, *_, last = (f for f in findings_of(check(dossier)) if f.level == Level.ERROR)
    said = {"by": "王会计", "at": "2024-02-25"}
    return replace(
        dossier,
        recorded=Recorded(
            approved_on=datetime.date(2024, 2, 20),
            published_on=DAY,
            secrecy_review=("王会计", datetime.date(2024, 2, 25)),
            sign_off=("张乡长", datetime.date(2024, 2, 26)),
            explanations={
                first.fingerprint: said | {"text": f"文件里是空白，按明细补正为 {first.proposal}。", "accepted": True},
                last.fingerprint: said | {"text": "正在核对。", "accepted": False},
            },
        ),
    )


def with_tables_of_its_own(dossier):
    """The dossier with two tables that nothing declares."""
    rows = (
        ("项目编码", "项目名称", "资金来源", ""),
        ("", "", "财政拨款", "其他资金"),
        ("001", "道路维修\n（二期）", "1,234.50", ""),
        ("", "合计", "1,234.50", "0.00"),
    )
    areas = (Area(1, 1, 2, 1), Area(1, 2, 2, 1), Area(1, 3, 1, 2))
    one = AsPrinted("项目支出表", rows, 2, areas, ("单位：万元",), ("注：按项目列示。",), number=1)
    other = AsPrinted("政府购买服务预算表", (("项目", "金额"), ("=1+1", "-2")), 1, number=3)
    return replace(dossier, entries=replace(dossier.entries, as_printed=[one, other]))


def in_sentences(dossier):
    """The dossier with two sections written from declared sentences, beside a year before."""
    document = dossier.document
    dossier.recorded.sentences = {one.key: one for found in document.narrative.sentences.values() for one in found}
    dossier.recorded.last_year = {Cell("t3", "total", "basic"): Decimal(1_000_000)}
    dossier.recorded.last_year_records = {"projects": {"已完成的项目": Decimal(50_000)}}
    dossier.entries.reasons = {"basic_change": "人员增加"}
    sections = document.narrative.sentences
    dossier.entries.composed = {n: tuple(Item(one.key) for one in sections[n] if not one.spare) for n in (2, 4)}
    dossier.entries.composed[4] += (Item(own="各村用车由乡里统一安排。", joins=True),)
    compose(dossier, names())
    return dossier


def published(dossier, listed, explanation=""):
    """The content of the dossier's first version."""
    record = {"version": 1, "published_at": f"{DAY}T09:00:00+08:00", "published_by": "李股长"}
    dossier = replace(dossier, recorded=replace(dossier.recorded, published_on=DAY))
    return freeze(dossier, listed, region_name(dossier.entries.region), record | {"explanation": explanation})


def main():
    """Write all of them."""
    township, street = (read_original(name).dossier for name in ("liujiaying-2024.docx", "wanli-2023.xlsx"))
    contents = {
        "liujiaying-2024": published(explained(township), codes.shipped_names(2024), "合计漏填，已按明细补列。"),
        "wanli-2023": published(street, codes.shipped_names(2023)),
        "small": published(in_sentences(with_tables_of_its_own(copy(small()))), names()),
    }
    folder = Path(__file__).parent / str(FORMAT)
    folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(canonical(content), encoding="utf-8")
    kept = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    (FROZEN / f"{FORMAT}.json").write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
