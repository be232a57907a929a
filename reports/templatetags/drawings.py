"""Filters for what has too many parts for a loop of a template: they print it as ``reports.markup`` joins it."""

from django import template

from reports import markup

register = template.Library()
register.filter("frame", markup.frame)
register.filter("scale", markup.scale)
register.filter("bar_marks", markup.bar_marks)
register.filter("line_marks", markup.line_marks)
register.filter("slices", markup.slices)
register.filter("ranking", markup.ranking)
register.filter("category_rows", markup.category_rows)
register.filter("payee_rows", markup.payee_rows)
register.filter("month_cells", markup.month_cells)
register.filter("listed_days", markup.listed_days)
