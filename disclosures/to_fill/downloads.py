"""Downloads of workbooks to be filled in: of one budget for those who see it, of a county for its office."""

import io
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from budget.drafts.people import roles_of
from budget.models import Budget, Role
from disclosures.outputs.xlsx import XLSX
from disclosures.to_fill import write
from disclosures.to_fill.blank import blank_of
from disclosures.to_fill.county import filename, of_year, pack

MOST = 40  # workbooks in one answer; more take longer than a page may, and there is the command


def of_budget(model_admin, request, pk):
    """The workbook of one budget."""
    visible = Budget.objects.visible_to(request.user).select_related("department__region", "source")
    blank = blank_of(get_object_or_404(visible, pk=pk))
    return _file(write(blank), filename(blank), XLSX.content_type)


def of_county(request):
    """Those of all bodies that the county's office may see, in a zip; ?year=2027, else this year."""
    if not roles_of(request.user) & {Role.REVIEWER, Role.PUBLISHER}:
        raise PermissionDenied
    year = request.GET.get("year", "")
    wanted = int(year) if len(year) == 4 and year.isdecimal() else timezone.localdate().year
    found = of_year(Budget.objects.visible_to(request.user), wanted)
    if not found:
        raise Http404
    if len(found) > MOST:
        said = f"有 {len(found)} 份，一次最多下载 {MOST} 份；请系统管理员在服务器上用 manage.py forms 生成。"
        return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
    target = io.BytesIO()
    pack(found, target)
    return _file(target.getvalue(), f"{wanted}年预算填报表.zip", "application/zip")


def _file(data, name, content_type):
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(data, content_type=content_type, headers=headers)
