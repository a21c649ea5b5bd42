"""On which days somebody is reminded, and how what they are told of is written, so that it is told once.

Before the last day: half of the twenty days ahead a budget can still be filled in; five, review and publishing still
have their days; then each of the last three. Afterwards ever more seldom: a mail that comes each day is read by nobody.
"""

import datetime

BY_LAST_DAY = (-10, -5, -2, -1, 0, 1, 3, 7, 14, 28)  # days after the last day; of a budget that its clerk has
BY_WAITING = (0, 3, 7, 14, 28)  # days after it came; of what waits for the county, or for a correction
EVERY = 28  # days, after the last of these


def reached(days: tuple[int, ...], passed: int) -> int | None:
    """The newest of such days; None before the first.

    >>> [reached(BY_LAST_DAY, passed) for passed in (-11, -10, -4, 0, 2, 30, 56, 90)]
    [None, -10, -5, 0, 1, 28, 56, 84]
    """
    if passed < days[0]:
        return None
    last = days[-1]
    if passed >= last:
        return last + (passed - last) // EVERY * EVERY
    return max(day for day in days if day <= passed)


def marks(what: str, day: datetime.date, days: tuple[int, ...], today: datetime.date) -> tuple[str, ...]:
    """What there is to be told of a day, as texts: the newest alone, so that a mail that failed is not sent twice.

    >>> marks("due", datetime.date(2024, 3, 11), BY_LAST_DAY, datetime.date(2024, 3, 7))
    ('due 2024-03-11 -5',)
    """
    found = reached(days, (today - day).days)
    return () if found is None else (f"{what} {day.isoformat()} {found:+d}",)


def asked(today: datetime.date) -> str:
    """What is told because the county pressed the button: once a day."""
    return f"asked {today.isoformat()}"
