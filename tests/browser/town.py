"""A county to walk through: `manage.py demo` from an empty database, and its people with ways to log in."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from django_otp.oath import TOTP

from tests.deploy.conftest import ROOT, free_port, running

PASSWORD = "mian-hua-tian-li-de-niao"
TELEPHONE = "3132333435363738393031323334353637383930"  # the key in the county's telephones
BODIES = (("909", "卢龙县刘家营乡人民政府"), ("910", "卢龙县新设乡人民政府"), ("911", "卢龙县某乡人民政府"))
COUNTY = f"""
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from budget.models import Department, Region
region = Region.objects.get(code="130324")
for unit, name in {BODIES}:
    Department.objects.get_or_create(region=region, unit=unit, defaults={{"name": name}})
"""
TELEPHONES = f"""
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
for name in ("孙审核", "钱公开"):
    TOTPDevice.objects.create(user=User.objects.get(username=name), name="手机", key="{TELEPHONE}")
"""


@dataclass(frozen=True)
class Town:
    """Where the portal is served; environment: of its commands."""

    address: str
    environment: dict[str, str]

    def manage(self, *command, given=""):
        """What a command of the server's owner prints."""
        run = [sys.executable, "manage.py", *command]
        done = subprocess.run(
            run, check=True, cwd=ROOT, env=self.environment, input=given, capture_output=True, text=True
        )
        return done.stdout

    def with_password(self, name, role, *places):
        """A person who may log in with `PASSWORD`."""
        of = [word for place in places for word in ("--of", place)]
        self.manage("person", name, "--role", role, *of, "--password-stdin", given=f"{PASSWORD}\n")

    def invited(self, name, role, place):
        """The path of the invitation of somebody new."""
        printed = self.manage("person", name, "--role", role, "--of", place)
        return re.search(r"https?://[^/]+(/\S+)", printed)[1]


@contextmanager
def town(folder):
    """The demo in a folder of its own, with a reviewer and a publisher whose telephones are enrolled."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    with running(command, folder / "log", cwd=ROOT, env=environment):
        made = Town(f"http://127.0.0.1:{port}", environment)
        answers(made.address)
        made.manage("shell", "-c", COUNTY)
        made.with_password("孙审核", "reviewer", "130324")
        made.with_password("钱公开", "publisher", "130324")
        made.manage("shell", "-c", TELEPHONES)
        yield made


def answers(address):
    """Wait until a server answers."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the demo did not start")


def digits():
    """What the county's telephones show now."""
    totp = TOTP(bytes.fromhex(TELEPHONE))
    totp.time = time.time()
    return f"{totp.token():06d}"
