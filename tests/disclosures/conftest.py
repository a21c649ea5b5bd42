"""What the tests of the public side share: the reference budget and the street office, published."""

import pytest

from disclosures.publish import publish
from tests.budget.people import li, saved, stranger, wang
from tests.snapshot import put_back

__all__ = ["li", "stranger", "wang"]

ROOT = "/130324/909/2024/"


@pytest.fixture
def township(db):
    """刘家营乡's budget of 2024, from its Word document, published once, with its errors explained."""
    why = "“三公”经费合计漏填，已按明细补列。"
    return put_back("township", lambda: publish(saved("liujiaying-2024.docx"), "李股长", why)[0])


@pytest.fixture
def street(db):
    """万里街道's budget of 2023, from its workbook in another province's layout, published once."""
    return put_back("street", lambda: publish(saved("wanli-2023.xlsx"), "李股长", "测试")[0])
