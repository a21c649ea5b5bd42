"""Zip archives whose bytes depend on their content alone: every entry bears the same date.

A publication never changes, so neither may a file of it, whenever and wherever it is drawn. With the clock in it every
download would be another file: two people could not compare their copies, and no test could hold that an export, its
import and the next export are the same.
"""

import os
import zipfile
from typing import Any

DATE = (2000, 1, 1, 0, 0, 0)  # zip knows no date before 1980, and any fixed one will do
_READABLE = 0o644 << 16  # rights as Unix keeps them: those of the server's umask are none of the content's


class SteadyZip(zipfile.ZipFile):
    """A `ZipFile` for writing that leaves the clock out."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """As ZipFile.writestr, under the fixed date; always deflated, whatever is asked for."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = zipfile.ZipInfo(name, DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = _READABLE
        super().writestr(info, data)

    def write(
        self,
        filename: str | os.PathLike[str],
        arcname: str | os.PathLike[str] | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """As ZipFile.write, under the fixed date."""
        with open(filename, "rb") as file:
            self.writestr(os.fspath(arcname or filename), file.read())
