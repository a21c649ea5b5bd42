"""Amounts: what is read, what is refused and why, how it is shown."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget import money

READ = [
    # what the cell holds, its unit, the amount in yuan
    (1267.87, "万元", "12678700.00"),
    ("1,234.56", "元", "1234.56"),
    ("１２３．４５", "元", "123.45"),
    (" 1267.87\u3000", "万元", "12678700.00"),
    ("1，267．87", "万元", "12678700.00"),
    ("－5", "元", "-5.00"),
    ("12.5 万元", "万元", "125000.00"),
    (0.1 + 0.2, "万元", "3000.00"),
    ("-0.0", "元", "0.00"),
    ("（100）", "元", "-100.00"),
    ("100元", "元", "100.00"),
    ("2万元", "万元", "20000.00"),
    (12.345678, "万元", "123456.78"),
    (0, "万元", "0.00"),
]


@pytest.mark.parametrize("value, unit, yuan", READ)
def test_amounts_are_read_to_the_cent(value, unit, yuan):
    assert str(money.read(value, unit)) == yuan


@pytest.mark.parametrize("value", [None, "", " ", "-", "—", "——", "/", "无", "\u200b"])
def test_a_blank_is_not_zero(value):
    assert money.read(value, "万元") is None


REFUSED = [
    ("1_000", "不是数字"),
    ("12,34", "不是数字"),
    ("约100", "不是数字"),
    ("#REF!", "公式出错"),
    (True, "日期或逻辑值"),
    (datetime.datetime(2024, 1, 1), "日期或逻辑值"),
    (float("inf"), "不是数字"),
    (float("nan"), "不是数字"),
    ("1000000000000", "太大"),
    ("0.001", "小数太多"),
    ("1" + "0" * 40, "太大"),
    ("448.01①", "“448.01①”不是数字"),
    ("448.01²", "不是数字"),
    ("448.01\n12", "“448.01␣12”不是数字"),
    ("448.01 12", "不是数字"),
    ("1 267.87", "不是数字"),
    ("\u202e448.01", "U\\+202E"),
    ("448\u200b.01", "U\\+200B"),
    ("⒋5", "不是数字"),
    ("10²³", "不是数字"),
    ("（-448.01）", "又有括号又有正负号"),
    ("一百", "不是数字"),
]


@pytest.mark.parametrize("value, reason", REFUSED)
def test_what_is_no_amount_is_refused_with_the_reason(value, reason):
    with pytest.raises(money.Unreadable, match=reason):
        money.read(value, "元")


@given(st.text(min_size=1, max_size=12))
def test_only_digits_that_are_printed_make_a_number(text):
    """Whatever is read as an amount stands there digit by digit, in ASCII or full width, and nothing besides."""
    try:
        amount = money.read(text, "元")
    except money.Unreadable:
        return
    digits = [str("０１２３４５６７８９".index(c)) if c in "０１２３４５６７８９" else c for c in text if c.isdigit()]
    assert amount is None or [c for c in f"{abs(amount):f}" if c.isdigit()] == padded(digits, text)


def padded(digits, text):
    """The digits of a printed amount with the two places that it is kept with."""
    point = max(text.find("."), text.find("．"))
    places = sum(c.isdigit() for c in text[point:]) if point >= 0 else 0
    whole, cents = digits[: len(digits) - places], digits[len(digits) - places :]
    return list(str(int("".join(whole) or "0"))) + (cents + ["0", "0"])[:2]


@pytest.mark.parametrize("value, reason", [("20240230", "太大"), ("33.333", "小数超过 2 位"), ("²", "不是数字")])
def test_a_percentage_is_one(value, reason):
    with pytest.raises(money.Unreadable, match=reason):
        money.read_count(value, 2, 10_000)


@pytest.mark.parametrize("value", ["25%", "25", "２５％", 25, 0.25, 25.0])
def test_a_percentage_is_written_in_many_ways(value):
    assert money.read_percent(value, 2, 10_000) == 25


def test_one_percent_and_the_whole():
    assert [money.read_percent(value, 2, 10_000) for value in (1, "1%", 0.07, 1.0, None)] == [1, 1, 7, 100, None]


def test_a_unit_in_the_cell_must_be_the_sheets_own():
    with pytest.raises(money.Unreadable, match="与表头的单位“万元”不同"):
        money.read("100元", "万元")


SHOWN = [("13378700", "1,337.87"), ("22500", "2.25"), ("50", "0.01"), ("49", "0.00"), ("-50", "-0.01"), (None, "")]


@pytest.mark.parametrize("yuan, text", SHOWN)
def test_amounts_are_shown_in_wan_with_two_places_half_up(yuan, text):
    assert money.show(None if yuan is None else Decimal(yuan)) == text


def test_plain_figures_are_exact():
    assert money.plain(Decimal("123456.78")) == "12.345678"
    assert money.plain(Decimal("13378700.00")) == "1337.87"
    assert money.plain(Decimal("164978640.00"), "元") == "164978640.00"


@given(st.decimals(-(10**11), 10**11, places=2))
def test_an_exported_amount_is_read_back_the_same(yuan):
    """The workbook holds binary floating point in 万元; no cent is lost on the way."""
    assert money.read(float(money.in_unit(yuan)), "万元") == yuan
    assert money.read(money.plain(yuan), "万元") == yuan
