"""Zip archives whose bytes depend on their content alone: every entry bears the same date."""

import zipfile

DATE = (2000, 1, 1, 0, 0, 0)


class SteadyZip(zipfile.ZipFile):
    """A `ZipFile` for writing that leaves the clock out."""

    def writestr(self, name, data, *args, **kwargs):
        """As ZipFile.writestr, under the fixed date."""
        info = zipfile.ZipInfo(getattr(name, "filename", name), DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        super().writestr(info, data)

    def write(self, filename, arcname=None, *args, **kwargs):
        """As ZipFile.write, under the fixed date."""
        with open(filename, "rb") as file:
            self.writestr(arcname or filename, file.read())
