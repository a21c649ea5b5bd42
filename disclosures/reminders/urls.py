"""The address of the county's button, below /admin/."""

from django.contrib import admin
from django.urls import path

from disclosures.reminders.by_hand import remind

urlpatterns = [path("county/remind/", admin.site.admin_view(remind), name="county_remind")]
