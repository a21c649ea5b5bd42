"""What an output format is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """A file format. write(content) → bytes, the same bytes for the same content.

    format: as in the address and on the command line. suffix: the file's ending. label: its name for readers.
    """

    format: str
    label: str
    suffix: str
    content_type: str
    write: Callable[[dict], bytes]

    def filename(self, content):
        """卢龙县刘家营乡人民政府2024年部门预算.xlsx, with the version of a published one."""
        publication = content["publication"]
        version = f"（第{publication['version']}版）" if publication else "（草稿）"
        return f"{content['department']['name']}{content['year']}年部门预算{version}{self.suffix}"
