"""Root addresses: the back office under /admin/, everything else belongs to the public side."""

from django.contrib import admin
from django.urls import include, path

from budget.admin.first_page import first_page

admin.site.site_header = admin.site.site_title = "部门预算公开 · 经办"
admin.site.index_title = "预算与导入"

handler400 = "budget.admin.refused.bad_request"
handler403 = "budget.admin.refused.forbidden"
handler404 = "budget.admin.refused.not_found"
handler500 = "budget.admin.refused.failed"

urlpatterns = [
    path("admin/", admin.site.admin_view(first_page)),
    path("admin/", include("disclosures.county.urls")),
    path("admin/", include("disclosures.reminders.urls")),
    path("admin/", include("budget.admin.login.urls")),
    path("admin/", include("budget.admin.passages.urls")),
    path("admin/", admin.site.urls),
    path("", include("disclosures.urls")),
]
