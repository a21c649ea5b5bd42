"""Real tables hurt at random: cells changed, rows and columns lost, put in, swapped, merges gone, captions lost.

What comes out is no budget any more as often as not. Whatever it is, reading and checking it ends in sentences.
"""

import datetime
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from budget.intake.grid import At, Grid, Opened, Paragraph

WORDS = (
    "合计", "小计", "类", "款", "项", "科目编码", "科目名称", "2024年预算数", "上年数", "增减额", "增减%", "单位：元",
    "单位：万元", "编制部门：[501]某局", "无", "—", "续表", "其中：", "一、", "2010301", "201", "03", "1", "甲", "汇总",
    "部门预算收支总表", "备注", "序号", "项目", "基本支出", "人员经费", "（续）", "注：无", "%", "项目编码", "P001",
    "2023年", "二〇二四年", "公用经费", "本年收入", "总计",
)  # fmt: skip

Cells = dict[At, Any]
Merged = dict[At, At]


def _value(dice: random.Random) -> Any:
    return dice.choice(
        (
            dice.choice(WORDS),
            dice.choice(WORDS) + dice.choice(WORDS),
            dice.randint(-(10**6), 10**9),
            dice.random() * 10 ** dice.randint(-5, 14),
            datetime.date(2024, 2, 3),
            True,
            "#REF!",
            "x" * dice.randint(1, 300),
        )
    )


def _moved(cells: dict[At, Any], at: int, axis: int, by: int) -> dict[At, Any]:
    """The cells with those from a row (axis 0) or column (1) on moved; what stood in a lost one is gone."""
    kept = {where: value for where, value in cells.items() if by > 0 or where[axis] != at}
    return {_step(where, axis, by if where[axis] >= at else 0): value for where, value in kept.items()}


def _step(where: At, axis: int, by: int) -> At:
    return (where[0] + by, where[1]) if axis == 0 else (where[0], where[1] + by)


def _move(dice: random.Random, cells: Cells, merged: Merged) -> tuple[Cells, Merged]:
    """A row or column lost, or an empty one put in; merged areas go with it, or do not."""
    axis, by = dice.randint(0, 1), dice.choice((-1, 1))
    at = dice.randint(1, max((where[axis] for where in cells), default=1))
    areas = {w: _step(f, axis, by if f[axis] >= at else 0) for w, f in _moved(merged, at, axis, by).items()}
    sound = {where: first for where, first in areas.items() if min(*where, *first) > 0}
    return _moved(cells, at, axis, by), dice.choice((sound, {}))


def _put(dice: random.Random, cells: Cells, merged: Merged) -> tuple[Cells, Merged]:
    for _ in range(dice.choice((1, 1, 4))):
        cells[dice.choice(list(cells) or [(1, 1)])] = _value(dice)
    return cells, merged


def _head(dice: random.Random, cells: Cells, merged: Merged) -> tuple[Cells, Merged]:
    """Other words where titles and headings stand."""
    for _ in range(3):
        cells[dice.randint(1, 6), dice.randint(1, 8)] = dice.choice(WORDS)
    return cells, merged


def _take(dice: random.Random, cells: Cells, merged: Merged) -> tuple[Cells, Merged]:
    for where in dice.sample(list(cells), min(len(cells), dice.choice((1, 3)))):
        del cells[where]
    return cells, merged


def _swap(dice: random.Random, cells: Cells, merged: Merged) -> tuple[Cells, Merged]:
    if len(cells) > 1:
        one, other = dice.sample(list(cells), 2)
        cells[one], cells[other] = cells[other], cells[one]
    return cells, merged


WOUNDS: tuple[Callable[[random.Random, Cells, Merged], tuple[Cells, Merged]], ...] = (_move, _put, _head, _take, _swap)


def _hurt(dice: random.Random, grid: Grid) -> Grid:
    cells, merged = dict(grid.values), dict(grid.merged)
    for _ in range(dice.choice((1, 1, 2, 5))):
        cells, merged = dice.choice(WOUNDS)(dice, cells, merged)
    return replace(grid, values=dict(sorted(cells.items())), merged=merged)


def hurt(opened: Opened, seed: int) -> Opened:
    """A file in which nearly half of the tables are hurt, some missing, some paragraphs lost or replaced."""
    dice = random.Random(seed)
    grids = [_hurt(dice, grid) if dice.random() < 0.4 else grid for grid in opened.grids]
    if dice.random() < 0.3:
        grids = dice.sample(grids, dice.randint(1, len(grids)))
    texts = [_text(dice, one) for one in opened.paragraphs if dice.random() > 0.05]
    return Opened(opened.kind, grids, texts)


def _text(dice: random.Random, one: Paragraph) -> Paragraph:
    return one if dice.random() > 0.05 else Paragraph(str(_value(dice)), one.style)
