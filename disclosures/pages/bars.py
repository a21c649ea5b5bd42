"""Bars: a figure's size beside others, without a style of its own in any page."""

from decimal import Decimal


def percent(amount, largest):
    """How long a bar is, in percent of the longest, to a tenth; blanks, zeros and negative amounts have none."""
    share = Decimal(amount or 0) / Decimal(largest) * 100 if largest else Decimal(0)
    return round(max(share, Decimal(0)), 1)
