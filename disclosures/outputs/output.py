"""What an output format is."""

from collections.abc import Callable
from dataclasses import dataclass

from budget.figures.sheet import Json


@dataclass(frozen=True)
class Output:
    """A file format. write(content) → bytes, the same bytes for the same content.

    format: as in the address and on the command line. suffix: the file's ending. label: its name for readers.
    as_stored: of a publication the file is what is stored, whatever its format, not what this release would write.
    """

    format: str
    label: str
    suffix: str
    content_type: str
    write: Callable[[Json], bytes]
    as_stored: bool = False

    def filename(self, content: Json) -> str:
        """卢龙县刘家营乡人民政府2024年部门预算.xlsx, with the version of a published one."""
        publication = content["publication"]
        version = f"（第{publication['version']}版）" if publication else "（草稿）"
        whose, kind = content["department"]["name"], content["document"]["name"]
        return f"{whose}{content['year']}年{kind}{version}{self.suffix}"
