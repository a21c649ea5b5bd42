"""A person at a browser, whose every action counts, and who looks at each page that opens.

An action is one click, one choice, one field filled in, one block pasted, one key or shortcut, one address opened
(from a letter or the list of favourites), one file chosen. Waiting, reading and scrolling are none.

Every page that an action opens is looked at, once for each address, on a screen and on a telephone: axe finds nothing,
nothing goes beyond the side, and the browser's console stays empty.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.town import PASSWORD, digits

SCREEN, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
_IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Person:
    """Somebody with a browser of their own. seen: the addresses that they came by; actions: what they did."""

    def __init__(self, browser, town, name, script=True, colours="light"):
        self.town, self.name, self.actions, self.seen = town, name, [], set()
        self.said, self.listens, self.script, self.glass = [], True, script, None
        self.context = browser.new_context(viewport=SCREEN, color_scheme=colours, java_script_enabled=script)
        if script:
            self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=town.address)
        self.page = self.context.new_page()
        self.page.on("console", self._hears)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hears(self, message):
        if self.listens and message.type in ("error", "warning"):
            self.said.append(f"{self.page.url}: {message.text}")

    def did(self, what):
        """Count an action, and look at the page that it opened."""
        self.actions.append(what)
        self.page.wait_for_load_state()
        path = self.page.url.partition("#")[0].partition("?")[0]
        if path not in self.seen:
            self.seen.add(path)
            self.looks()

    def looks(self):
        """Nobody is shut out of the page, whatever they look at it with; what axe does itself is not listened to."""
        self.page.wait_for_load_state("networkidle")
        assert not self.said, self.said
        self.listens = False
        page = self.page if self.script else self._copy()
        for size in (TELEPHONE, SCREEN):
            page.set_viewport_size(size)
            assert not page.evaluate(_IS_WIDER), f"{page.url} goes beyond the side at {size['width']}"
            found = Axe().run(page, options={"preload": False})
            assert found.violations_count == 0, f"{page.url} {size}: {found.generate_report()}"
        self.listens = True

    def _copy(self):
        """The page as it stands, for axe, which is a script, where there is none; the page's own stay out."""
        if self.glass is None:
            self.glass = self.context.browser.new_page()
            self.glass.route("**/*.js", lambda route: route.abort())
        url, html = self.page.url, self.page.content()
        self.glass.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"), times=1)
        self.glass.goto(url)
        return self.glass

    def opens(self, path):
        """An address that somebody was given."""
        self.page.goto(self.town.address + path)
        self.did(f"打开 {path}")

    def clicks(self, name, role="link", inside=None, nth=0):
        """A link or button by the words on it; inside: a part of the page, nth: of several alike."""
        found = (inside or self.page).get_by_role(role, name=name, exact=True)
        found.nth(nth).click()
        self.did(f"点 {name}")

    def presses(self, name, nth=0):
        """A button by the words on it."""
        self.clicks(name, "button", nth=nth)

    def types(self, label, text, inside=None):
        """Fill in the field with this label."""
        (inside or self.page).get_by_label(label, exact=True).fill(text)
        self.did(f"填 {label}")

    def types_at(self, name, text):
        """Fill in the field with this name."""
        self.page.locator(f'[name="{name}"]').fill(text)
        self.did(f"填 {name}")

    def chooses(self, words, inside=None):
        """One of several choices."""
        (inside or self.page).get_by_label(words, exact=True).check()
        self.did(f"选 {words}")

    def adds(self, code):
        """A row of this code in the table that is open: typed, and Enter."""
        self.page.locator("#grid-add-code").fill(code)
        self.did(f"填 {code}")
        self.page.keyboard.press("Enter")
        self.page.locator(f'[data-key="{code}"]').wait_for(timeout=20_000)
        expect(self.page.locator("#grid-add-code")).to_have_value("")
        self.did("按 Enter")

    def points_at(self, name):
        """Click into the field with this name, for what comes next to stand there."""
        self.page.locator(f'[name="{name}"]').focus()
        self.did(f"点 {name}")

    def pastes(self, block, until="[data-say] button"):
        """Ctrl+V, with what another program has copied; until: what is there once it has been put in."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.page.keyboard.press("Control+v")
        self.page.locator(until).wait_for(timeout=20_000)
        self.did("粘贴")

    def logs_in(self, telephone=False):
        """Name, password, and for whoever decides over others what their telephone shows."""
        self.opens("/admin/login/")
        self.types("用户名", self.name)
        self.types("密码", PASSWORD)
        self.presses("登录")
        if telephone:
            self.types("手机上的 6 位数字，或者一个恢复码", digits())
            self.presses("继续")

    def reads(self, *words):
        """What the page says is there."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one, timeout=20_000)
