"""The forms of 谁管哪个单位."""

import re

from django import forms
from django.contrib.auth import get_user_model

from budget.models import Role

_WHERE = "经办人写单位编码或名称，审核人、公开人、审计人员写县名或区划代码，系统管理员不写"


class PostForm(forms.Form):
    """A role and its place."""

    role = forms.ChoiceField(label="岗位", choices=Role, widget=forms.RadioSelect, initial=Role.CLERK)
    of = forms.CharField(
        label="管哪个单位、哪个县",
        required=False,
        max_length=200,
        help_text=_WHERE,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )

    def clean(self):
        """A place where the role has one."""
        found = super().clean()
        if found.get("role") not in (None, Role.ADMINISTRATOR) and not found.get("of") and "of" not in self.errors:
            self.add_error("of", f"请写管哪里：{_WHERE}。")
        return found


class EmailForm(forms.Form):
    """Where somebody's reminders go."""

    email = forms.EmailField(label="电子邮箱", required=False, help_text="收提醒用；空着就不发")


class PersonForm(PostForm):
    """A new person with a first post; the name is the user name, too, unless another is written."""

    field_order = ["name", "username", "email", "role", "of"]
    name = forms.CharField(label="姓名", max_length=150)
    username = forms.CharField(
        label="用户名",
        required=False,
        max_length=150,
        help_text="登录时输入；空着就用姓名，有同名的人时写不一样的，例如 王会计2",
    )
    email = forms.EmailField(label="电子邮箱", required=False, help_text="收提醒用，可以不填")

    def clean(self):
        """A user name that nobody has."""
        found = super().clean()
        name = get_user_model().normalize_username(found.get("username") or "".join(found.get("name", "").split()))
        why = _why_not(name) if "name" in found and "username" not in self.errors else ""
        if why:
            self.add_error("username", why)
        return found | {"username": name}


def _why_not(name):
    users = get_user_model()
    if not re.fullmatch(r"[\w.@+-]+", name):
        return "用户名只能用汉字、字母、数字和 @ . + - _，请在这里写一个。"
    if users.objects.filter(username__iexact=name).exists():
        return f"已经有人用“{name}”登录：要给那个人加岗位，请在列表里点他的名字；是另一个人，请写一个不一样的用户名。"
    return ""
