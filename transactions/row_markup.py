"""The rows of a list of entries joined by hand: sixty of them, printed a value at a time, were half of their page.

Whoever changes a row escapes each word; addresses, pictures and amounts come escaped or made of our own.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from batua import display
from transactions.rows import Row


def entry_rows(rows: Iterable[Row]) -> SafeString:
    """The items of a list, each entry with the links to change and to delete it where they are."""
    trash, yes = display.picture("trash-2"), escape(_("Delete entry"))
    return SafeString("".join(_item(row, trash, yes) for row in rows))  # nosec B703 # each part is escaped where it is made


def _item(row: Row, trash: str, yes: str) -> str:
    wallet = f'<span class="pill entry__wallet">{escape(row.wallet)}</span>' if row.wallet else ""
    return (
        f'<li class="entry" id="entry-{row.id}">'
        f'<span class="category-icon" data-colour="{row.colour}">{row.icon}</span>'
        f'{_main(row)}{wallet}<span class="entry__amount">{row.amount}</span>{_actions(row, trash, yes)}</li>'
    )


def _main(row: Row) -> str:
    words = (
        f'<span class="entry__note" dir="auto">{escape(row.name)}</span>'
        f'<span class="entry__comment">{escape(row.words)}</span>'
    )
    if not row.url:
        return f'<div class="entry__main">{words}</div>'
    url = escape(row.url)
    return f'<a class="entry__main" href="{url}" hx-get="{url}">{words}</a>'


def _actions(row: Row, trash: str, yes: str) -> str:
    if not row.url:
        return ""
    url = escape(row.delete_url)
    return (
        '<span class="entry__actions"><a class="icon-button" data-size="small" data-delete'
        f' href="{url}" hx-post="{url}" hx-swap="none" hx-confirm="{escape(row.question)}" data-yes="{yes}"'
        f' aria-label="{escape(row.delete_label)}">{trash}</a></span>'
    )
