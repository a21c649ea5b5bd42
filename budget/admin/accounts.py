"""Accounts are kept on the page 谁管哪个单位 (`login/`); Django's own lists of them are nobody's."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_totp.models import TOTPDevice

for model in (User, Group, TOTPDevice):
    admin.site.unregister(model)
