"""What an import asks for: a file, and what the file itself does not say."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from budget.documents import taken
from budget.intake.archive import in_archive, is_archive
from budget.intake.guard import Refused, check_length
from budget.intake.guard.limits import MIB
from budget.intake.identity import Given
from budget.intake.read import read


class WhoseForm(forms.Form):
    """Region, unit, year and kind; each may stay empty when the file says it."""

    region = forms.CharField(
        label="区划代码",
        required=False,
        help_text="六位，例如 130324",
        validators=[RegexValidator(r"^[0-9]{6}\Z", "区划代码是 6 位数字。")],
    )
    unit = forms.CharField(
        label="单位编码",
        required=False,
        help_text="例如 909",
        validators=[RegexValidator(r"^[0-9]{3,12}\Z", "单位编码是 3 到 12 位数字。")],
    )
    year = forms.IntegerField(
        label="预算年度",
        required=False,
        help_text="例如 2024",
        min_value=2000,
        max_value=2099,
        error_messages={"invalid": "预算年度是四位数字，例如 2024。"},
    )

    name = forms.CharField(label="单位名称", required=False, max_length=100, help_text="文件里没有或前后不一致时填写")
    document = forms.ChoiceField(
        label="种类",
        required=False,
        choices=lambda: [("", "按文件里写的"), *((one.key, one.name) for one in taken())],
        help_text="一个单位可以有部门预算和单位预算",
    )

    def given(self):
        """What the person says of the file."""
        return Given(**{name: self.cleaned_data[name] for name in ("region", "unit", "year", "document", "name")})


class ImportForm(WhoseForm):
    """The file is read right here, so that an unreadable one is refused at its field and nothing is kept.

    members: of an archive, whose files are read later, one by one; None where a single file was chosen.
    """

    file = forms.FileField(
        label="文件",
        help_text="Excel（.xlsx、.xls）、Word（.docx）或有文字的 PDF 文件，或者装着这些文件的压缩包（.zip）",
        error_messages={"required": "请选择一个文件。", "empty": "这个文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.docx,.pdf,.zip"}),
    )
    field_order = ("file", "region", "unit", "year", "name", "document")
    content = b""
    reading = None
    members = None

    def clean_file(self):
        """The file's size is checked before a byte of it is read; the guard knows the limit of each kind."""
        file = self.cleaned_data["file"]
        if self._is_archive(file):
            if file.size > settings.MAX_ARCHIVE:
                limit = settings.MAX_ARCHIVE // MIB
                raise ValidationError(f"压缩包有 {file.size / MIB:.1f} MB，超过了 {limit} MB，请分成几个压缩包。")
            return file
        try:
            check_length(file.size, settings.MAX_UPLOAD)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file

    def _is_archive(self, file):
        try:
            return is_archive(file)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self):
        """Read the file; why it cannot be read is said at the file."""
        cleaned = super().clean()
        if not self.errors:
            try:
                self._read(cleaned["file"])
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return cleaned

    def _read(self, file):
        if not self._is_archive(file):
            file.seek(0)
            self.content = file.read()
            self.reading = read(self.content, self.given())
        elif self.cleaned_data["unit"] or self.cleaned_data["name"]:
            self.add_error("unit", "压缩包里的文件各属不同的单位，单位编码和单位名称请不要填。")
        else:
            self.members = in_archive(file)
            if not self.members:
                self.add_error("file", "这个压缩包里没有文件。")
            elif sum(member.size for member in self.members) > settings.MAX_UNPACKED:
                limit = settings.MAX_UNPACKED // MIB
                self.add_error("file", f"压缩包解开以后超过 {limit} MB，请分成几个压缩包。")
