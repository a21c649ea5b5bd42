"""Lists that readers sort: departments on the home page, projects of a budget."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join

FIGURE = {"td": {"class": "figure"}, "th": {"class": "figure"}}


class Departments(tables.Table):
    """One row a department: its place, its name, its published years."""

    region = tables.Column("地方", order_by=("region_code",))
    name = tables.Column("单位")
    years = tables.Column("已公开的年度", order_by=("latest",), initial_sort_descending=True)

    class Meta:
        template_name = "list.html"
        attrs = {"class": "list"}
        orderable = True

    def render_name(self, record):
        """The department's own page."""
        return format_html('<a href="{}">{}</a>', record["href"], record["name"])

    def render_years(self, record):
        """A link for each year, and for each kind of document where there are several."""
        return format_html_join("　", '<a href="{}">{}</a>', record["years"])


class Projects(tables.Table):
    """One row a project: name, amount, how many indicators."""

    ordinal = tables.Column("序号")
    name = tables.Column("项目")
    amount = tables.Column("预算数（万元）", order_by=("value",), initial_sort_descending=True, attrs=FIGURE)
    count = tables.Column("指标数", initial_sort_descending=True, attrs=FIGURE)

    class Meta:
        template_name = "list.html"
        attrs = {"class": "list"}

    def render_name(self, record):
        """The project's performance sheet."""
        return format_html('<a href="{}">{}</a>', record["href"], record["name"])
