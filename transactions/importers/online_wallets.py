"""The exports of those who keep money and move it over the net, told like those of apps."""

from transactions.importers.app_layout import App, Sign

APPS: tuple[App, ...] = (
    App(
        "Revolut",
        telling=("type", "product", "started date", "completed date", "amount", "fee", "state", "balance"),
        dates=("completed date", "started date"),
        amount=("amount",),
        account=("product",),
        texts=("description", "type"),
        currency=("currency",),
        state="state",
        balance="balance",
        fee="fee",
    ),
    App(
        "Wise",
        telling=("transferwise id", "date", "amount", "currency", "description", "running balance"),
        amount=("amount",),
        texts=("merchant", "description", "payee name", "payment reference", "note"),
        currency=("currency",),
        balance="running balance",
        bank_id="transferwise id",
    ),
    App(
        "Wise",
        telling=("direction", "source name", "source amount after fees", "target name", "target amount after fees"),
        dates=("created on", "finished on"),
        amount=("source amount after fees",),
        sign=Sign.BARE,
        kind="direction",
        kinds={"out": -1, "in": 1, "neutral": 0},
        # Its own half of a payment: what left the source with the fee, what reached the target without.
        stand_ins={
            "in": {
                "source amount after fees": "target amount after fees",
                "source currency": "target currency",
                "source fee amount": "",
                "target name": "source name",
            }
        },
        categories=("category",),
        texts=("target name", "reference", "note"),
        currency=("source currency",),
        state="status",
        fee="source fee amount",
        pays_fees=True,
        bank_id="id",
    ),
    App(
        "PayPal",
        telling=("date", "time", "name", "type", "status", "gross", "fee", "net", "transaction id", "balance impact"),
        amount=("net",),
        kind="balance impact",
        kinds={"debit": -1, "credit": 1, "memo": 0},
        sign=Sign.SIGNED,
        texts=("name", "type", "subject", "item title", "note"),
        currency=("currency",),
        state="status",
        bank_id="transaction id",
    ),
)
