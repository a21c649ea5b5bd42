"""Bars: a figure's size beside others, without a style of its own in any page."""

from decimal import Decimal

STEPS = 20  # widths of the bars behind figures, a class each


def percent(amount, largest):
    """How long a bar is, in percent of the longest, to a tenth; blanks, zeros and negative amounts have none."""
    share = Decimal(amount or 0) / Decimal(largest) * 100 if largest else Decimal(0)
    return round(max(share, Decimal(0)), 1)


def steps(amount, largest):
    """The same in steps of five percent, 0 to 20; anything above nothing has at least one step."""
    share = percent(amount, largest)
    return min(STEPS, max(1, round(share / 5))) if amount and Decimal(amount) > 0 else 0
