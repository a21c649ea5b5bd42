"""What an import asks for: a file, and what the file itself does not say."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from budget.documents import taken
from budget.intake.guard import Refused
from budget.intake.identity import Given
from budget.intake.read import read

_MEGABYTE = 1024 * 1024


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
    """The file is read right here, so that an unreadable one is refused at its field and nothing is kept."""

    file = forms.FileField(
        label="文件",
        help_text="Word（.docx）或 Excel（.xlsx）文件",
        error_messages={"required": "请选择一个文件。", "empty": "这个文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx"}),
    )
    field_order = ("file", "region", "unit", "year", "name", "document")
    content = b""
    reading = None

    def clean_file(self):
        """The file's size is checked before a byte of it is read."""
        file = self.cleaned_data["file"]
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if file.size > limit:
            raise ValidationError(
                f"文件有 {file.size / _MEGABYTE:.1f} MB，超过了 {limit / _MEGABYTE:.0f} MB；请删去图片后再选。"
            )
        return file

    def clean(self):
        """Read the file; why it cannot be read is said at the file."""
        cleaned = super().clean()
        if not self.errors:
            self.content = cleaned["file"].read()
            try:
                self.reading = read(self.content, self.given())
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return cleaned
