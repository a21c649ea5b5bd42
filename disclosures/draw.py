"""Every page and file of a disclosure, drawn once without a reader: what cannot be drawn is not published."""

from django.http import HttpRequest

from disclosures.outputs import OUTPUTS
from disclosures.page_views import PAGES
from disclosures.pages.disclosure import Disclosure


class Undrawable(Exception):
    """A page or file that cannot be drawn: which, in one Chinese sentence without its end."""


def draw_everything(publication):
    """Draw all pages and files of an unsaved publication; raises Undrawable at the first that cannot be."""
    disclosure = Disclosure(publication)
    for name, draw in [*_pages(disclosure), *_files(disclosure)]:
        try:
            draw()
        except Exception as error:  # whatever is wrong with it, it must not reach a reader
            raise Undrawable(f"{name}画不出来（{type(error).__name__}：{error}）") from error


def _pages(disclosure):
    request = HttpRequest()
    request.method, request.path = "GET", disclosure.root
    for page in PAGES:
        for where in page.each(disclosure):
            name = f"网页 {page.at(where) or '首页'} "
            yield name, lambda page=page, where=where: page.view(request, disclosure, **page.where, **where)


def _files(disclosure):
    for output in OUTPUTS.values():
        yield f"{output.label} 文件", lambda output=output: disclosure.file(output)
