"""The twenty days: until when what the finance department has approved must be public, and how that is said."""

import datetime

DAYS = 20  # 《预算法》第十四条: within twenty days of the finance department's approval


def due(approved_on: datetime.date) -> datetime.date:
    """The last day on which it may be published.

    >>> due(datetime.date(2024, 2, 20))
    datetime.date(2024, 3, 11)
    """
    return approved_on + datetime.timedelta(days=DAYS)


def told(day: datetime.date, today: datetime.date) -> str:
    """How far it is to a last day.

    >>> told(datetime.date(2024, 3, 11), datetime.date(2024, 3, 9))
    '还有 2 天'
    """
    left = (day - today).days
    if left < 0:
        return f"逾期 {-left} 天"
    return f"还有 {left} 天" if left else "今天是最后一天"


def until(day: datetime.date, today: datetime.date) -> str:
    """Until when something must be public, as one sentence.

    >>> until(datetime.date(2024, 3, 11), datetime.date(2024, 3, 9))
    '3月11日以前要公开，还有 2 天。'
    """
    return f"{in_words(day, today)}以前要公开，{told(day, today)}。"


def in_words(day: datetime.date, today: datetime.date) -> str:
    """A day as people say it, with its year where that is not this one.

    >>> in_words(datetime.date(2024, 3, 11), datetime.date(2024, 3, 9))
    '3月11日'
    """
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
