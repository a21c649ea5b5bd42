"""Whose name stands under what is published: an office's or a person's, never that of an account.

Whoever reads it has a right to know which body answers for it, and an account on a server is nobody. By law each
body publishes its own budget (《预算法》第十四条), so its name stands where nobody else is named. Who was logged in is
kept in the back office alone.
"""

import re
from typing import Any

Json = dict[str, Any]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OF_A_SYSTEM = "管理员"  # 系统管理员, and 服务器管理员 root, as release 0.1 wrote what was published on the server


def is_signature(name: str) -> bool:
    """Whether a name is an office's or a person's. Here those are written in Chinese; accounts mostly are not."""
    return bool(_CHINESE.search(name)) and _OF_A_SYSTEM not in name


def signed(name: str, office: str) -> str:
    """The name as it is published: itself, or that of the office where it is an account's."""
    return name if is_signature(name) else office


def without_accounts(content: Json) -> Json:
    """The content under names only, whatever was frozen before that was a rule; the very same where it is in order."""
    office, record = content["department"]["name"], content["publication"]
    said = [finding["explanation"] for finding in content["findings"] if finding["explanation"]]
    names = [one["by"] for one in said] + ([record["published_by"]] if record else [])
    if all(map(is_signature, names)):
        return content
    return content | {
        "publication": record and record | {"published_by": signed(record["published_by"], office)},
        "findings": [_finding(finding, office) for finding in content["findings"]],
    }


def _finding(finding: Json, office: str) -> Json:
    said = finding["explanation"]
    return finding | {"explanation": said and said | {"by": signed(said["by"], office)}}
