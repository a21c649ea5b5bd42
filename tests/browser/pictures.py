"""The pictures of README and handbook, taken from the demo: `python -m tests.browser.pictures ADDRESS PASSWORD`.

Start `manage.py demo` first; it prints both.
"""

import base64
import shutil
import sys

from playwright.sync_api import sync_playwright

from tests.budget.conftest import ORIGINALS
from tests.deploy.conftest import ROOT

PICTURES = ROOT / "deploy" / "pictures"
DISCLOSURE = "/130324/909/2024/"
DESK, PHONE = {"width": 1100, "height": 720}, {"width": 390, "height": 720}


def main(address, password):
    """Take all of them."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        _disclosure(browser, address)
        _back_office(browser, address, password)
        browser.close()


def _page(browser, size, address):
    page = browser.new_context(viewport=size, color_scheme="light").new_page()
    page.goto(address)
    return page


def _disclosure(browser, address):
    """A disclosure on a screen and on a phone, side by side."""
    shots = [_page(browser, size, address + DISCLOSURE).screenshot() for size in (DESK, PHONE)]
    images = "".join(
        f'<img style="border:1px solid #bbb;margin:8px;vertical-align:top" src="data:image/png;base64,{data}">'
        for data in (base64.b64encode(shot).decode() for shot in shots)
    )
    page = browser.new_context(viewport={"width": 1536, "height": 738}).new_page()
    page.set_content(f'<body style="margin:0;white-space:nowrap">{images}')
    page.screenshot(path=PICTURES / "disclosure.png")


def _back_office(browser, address, password):
    """What a clerk sees, step by step."""
    page = _page(browser, DESK, f"{address}/admin/")
    page.screenshot(path=PICTURES / "login.png", clip={"x": 0, "y": 0, "width": 1100, "height": 420})
    page.fill("#id_username", "clerk")
    page.fill("#id_password", password)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{address}/admin/budget/budget/import/")
    page.screenshot(path=PICTURES / "import.png")
    page.set_input_files("input[type=file]", ORIGINALS / "liujiaying-2024.xlsx")
    page.locator("input[type=file]").locator("xpath=ancestor::form").locator("[type=submit]").click()
    page.screenshot(path=PICTURES / "preview.png", full_page=True, clip={"x": 0, "y": 0, "width": 1100, "height": 1100})
    page.goto(f"{address}/admin/budget/budget/1/change/")
    page.screenshot(path=PICTURES / "budget.png")
    page.goto(f"{address}/admin/budget/budget/1/grid/t5/")
    page.screenshot(path=PICTURES / "grid.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
