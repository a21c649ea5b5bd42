"""What makes a password too easy beyond Django's own checks: few different characters, or a row of the keyboard."""

import re

from django.core.exceptions import ValidationError

_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv")
_OFTEN = "password|passw0rd|admin|woaini|5201314|1314520|caizheng|yusuan|budget"
RUN, DIFFERENT = 5, 6


class NotEasy:
    """A validator of passwords, in Chinese."""

    def validate(self, password, user=None):
        """Refuse what is guessed first: what remains without runs, years and usual words must still be long enough."""
        if len(set(password)) < DIFFERENT:
            raise ValidationError(f"密码里不同的字符太少，请至少用 {DIFFERENT} 种不同的字符。")
        if len(_rest(password.lower())) < RUN:
            raise ValidationError("密码太容易猜：请不要只用连着的数字、键盘上的一排、年份或常用词。")

    def get_help_text(self):
        """What to heed."""
        return f"至少用 {DIFFERENT} 种不同的字符，不要用连着的数字、键盘上的一排、年份或常用词。"


def _rest(password):
    for row in _ROWS:
        for way in (row, row[::-1]):
            password = _without_runs(password, way)
    return re.sub(rf"{_OFTEN}|(19|20)[0-9]{{2}}|(.)\2{{2,}}", "", password.replace("@", "a"))


def _without_runs(password, row):
    for length in range(len(row), RUN - 2, -1):
        for at in range(len(row) - length + 1):
            password = password.replace(row[at : at + length], "")
    return password
