"""The three people of every back office test: 王会计 keeps the books, 李旁人 has an account, a stranger has none."""

from functools import lru_cache

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from budget.drafts.save import save
from tests.budget.conftest import original, read_original
from tests.snapshot import put_back


def signed_in(name, *permissions):
    """A client of a member of staff with these permissions."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(permissions)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def wang(db):
    """王会计: a clerk who may do everything with budgets."""
    return signed_in("王会计", *Permission.objects.filter(content_type__app_label="budget"))


@pytest.fixture
def li(db):
    """李旁人: may log in, and nothing else."""
    return signed_in("李旁人")


@pytest.fixture
def stranger(db):
    """Somebody without an account."""
    return Client()


@lru_cache
def reading(name):
    """A real file, read once for all tests; saving does not change it."""
    return read_original(name)


def saved(name):
    """The draft of a real file."""
    return put_back(name, lambda: save(reading(name), original(name), name).budget)


@pytest.fixture
def township(db):
    """刘家营乡's draft, from its Word document: everything is in it."""
    return saved("liujiaying-2024.docx")
