"""The filter that prints the rows of entries, as ``transactions.row_markup`` joins them."""

from django import template

from transactions import row_markup

register = template.Library()
register.filter("entry_rows", row_markup.entry_rows)
