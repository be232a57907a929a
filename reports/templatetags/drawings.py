"""Filters for what has too many parts for a loop of a template: they print it as ``reports.markup`` joins it."""

from django import template

from reports import markup

register = template.Library()
register.filter("bars", markup.bars)
register.filter("lines", markup.lines)
register.filter("lines_called", markup.lines_called)
register.filter("slices", markup.slices)
register.filter("ranking", markup.ranking)
register.filter("category_rows", markup.category_rows)
register.filter("payee_rows", markup.payee_rows)
register.filter("month_cells", markup.month_cells)
register.filter("listed_days", markup.listed_days)
