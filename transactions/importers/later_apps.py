"""Exports of apps that were read as a bank's file would be before they were known: their lines keep those words."""

from transactions.importers.app_layout import App

LATER_APPS: tuple[App, ...] = (
    App(
        "EveryDollar",
        telling=("item", "group", "type", "date", "merchant", "amount", "note"),
        amount=("amount",),
        categories=("group", "item"),
        texts=("merchant", "note", "item"),
        keeps_words=True,
    ),
    App(
        "MoneyWiz",
        telling=("name", "current balance", "account", "transfers", "description", "payee", "category", "memo"),
        amount=("amount",),
        account=("account",),
        other="transfers",
        categories=("category",),
        texts=("payee", "description", "memo"),
        currency=("currency",),
        balance="balance",
        keeps_words=True,
    ),
    App(
        "Money Forward",
        telling=("計算対象", "日付", "内容", "保有金融機関", "大項目", "中項目", "振替"),
        dates=("日付",),
        amount=("金額",),
        account=("保有金融機関",),
        mark="振替",
        moves=frozenset({"1"}),
        half_within=3,
        categories=("大項目", "中項目"),
        texts=("内容", "メモ"),
        bank_id="id",
        keeps_words=True,
    ),
)

READ_AS_TABLES = frozenset(app.name for app in LATER_APPS)
