"""A real browser (Debian's chromium) on the demo as its user starts it."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.town import answers
from tests.browser.town import town as started
from tests.deploy.conftest import ROOT, free_port, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REGISTER = """
from budget.models import Department, Region
region = Region.objects.create(code="310107", name="上海市普陀区")
Department.objects.create(region=region, unit="210", name="上海市普陀区人民政府万里街道办事处")
"""
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """`manage.py demo` with nothing prepared, its clerk made clerk of 万里街道 too; (address, password)."""
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    log = folder / "log"
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
    with running([sys.executable, "manage.py", "demo", "--port", str(port)], log, cwd=ROOT, env=environment):
        address = f"http://127.0.0.1:{port}"
        answers(address)
        for command in (["shell", "-c", REGISTER], ["person", "clerk", "--role", "clerk", "--of", "310107/210"]):
            subprocess.run([sys.executable, "manage.py", *command], check=True, cwd=ROOT, env=environment)
        yield address, re.search(r"密码 (\S+)", log.read_text(encoding="utf-8"))[1]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A demo for one walk alone, with the county's people."""
    with started(tmp_path_factory.mktemp("town")) as made:
        yield made


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium, headless."""
    assert CHROMIUM, "chromium is missing: apt-get install chromium libatomic1 fonts-noto-cjk"
    subprocess.run([CHROMIUM, "--version"], check=True, capture_output=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, demo):
    """A function that opens a page of the demo: size phone or desk, colours light or dark."""
    contexts = []

    def opened(path="/", size="desk", colours="light", script=True):
        context = chromium.new_context(viewport=SIZES[size], color_scheme=colours, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.goto(demo[0] + path)
        return page

    yield opened
    for context in contexts:
        context.close()
