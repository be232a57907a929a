"""Words for the kind of a payment that tell which way its money went, where no amount of a file has a sign.

None of them is among the words for debit and credit: those are no part of a line's words, these are.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from transactions.importers.directions import Side, side_of
from transactions.importers.vocabulary import PURCHASE_WORDS, fold, names

# Kinds are few; texts are many.
_MOST_KINDS = 40
# What a shop sells its customer buys: whose file it is has to be told by something else.
SALE_WORDS = frozenset(names("sale, sales, charge, charges, point of sale, kartenzahlung"))
# In an account's file money that went out, on a card money that came in.
PAYMENT_WORDS = frozenset(
    names(
        """payment, payments, online payment, auto payment, automatic payment, autopay, zahlung, paiement,
        pago, pagamento, betaling, betalning, pagamento fatura, ödeme"""
    )
)
REFUND_WORDS = frozenset(
    names(
        """refund, refunds, refunded, reversal, chargeback, cashback, gutschrift, rückerstattung, rückzahlung,
        erstattung, remboursement, avoir, reembolso, devolución, devolução, estorno, rimborso, terugbetaling,
        återbetalning, tilbagebetaling, refusjon, hyvitys, zwrot, vrácení, возврат, iade, 退款, 返金, 환불"""
    )
)
_OUT = (
    PURCHASE_WORDS
    | SALE_WORDS
    | frozenset(
        names(
            """card purchase, debit card purchase, pos purchase, cash advance, cash withdrawal,
            atm withdrawal, fee, fees, service fee, interest charge, spend, einkauf,
            bargeldbezug, bargeldauszahlung, auszahlung, gebühr, gebühren, achats, retrait, frais, compras, retiro,
            comisión, saque, tarifa, prelievo, commissione, aankopen, opname, uttag, hævning, uttak, otto, zakup,
            wypłata, przelew wychodzący, nákup, výběr, výdaj, isplata, transfer out, outgoing transfer, cash out,
            send money, you paid, you sent, pagaste, enviaste, transferiste, pix enviado,
            bill payment, utbetalning, buy, bought, market buy, limit buy, покупка, harcama,
            ご利用, 购买, 取现, 手续费, 支払, 支払い, お支払, お支払い, 引落, 引出, χρέωση"""
        )
    )
)
_IN = REFUND_WORDS | frozenset(
    names(
        """return, returns, repayment, payment received, merchandise credit, credit voucher, card refund,
        sell, sold, market sell, limit sell, verkauf, vente, venta, venda, vendita, verkoop, sälj, salg, dividend,
        dividende, dividendo, dividends, utdelning, udbytte, utbytte, top up, topup, reload, direct deposit, salary,
        transfer in, incoming transfer, cash in, einzahlung, versement, depósito, versamento, storting, insättning,
        inbetalning, indbetaling, innskudd, talletus, wpłata, przelew przychodzący, vklad, příjem, uplata, kredit,
        you received, te pagó, recibiste, pix recebido, пополнение, 还款, 充值, 預入, お預入れ, お預け入れ, πίστωση"""
    )
)


def sides(words: Sequence[str], *, is_card: bool) -> Mapping[str, Side]:
    """What each of these words of one column says of its line, where at least half of the lines say it.

    Nothing where none of them names money that was spent. Sales and payments say something on a card alone.
    """
    if len(set(words)) > _MOST_KINDS:
        return {}
    folded = [fold(word) for word in words]
    found = {word: side for word in set(folded) if (side := _side(word, is_card=is_card))}
    has_spending = Side.OUT in found.values()
    return MappingProxyType(found if has_spending and _are_most(folded, found) else {})


def _side(word: str, *, is_card: bool) -> Side | None:
    if word in SALE_WORDS or word in PAYMENT_WORDS:
        return (Side.OUT if word in SALE_WORDS else Side.IN) if is_card else None
    return side_of(word) or (Side.OUT if word in _OUT else Side.IN if word in _IN else None)


def _are_most(words: Collection[str], known: Collection[str]) -> bool:
    return sum(word in known for word in words) * 2 >= len(words)


# A card's issuer writes them to the one who paid, and nobody else does.
HEARTY_THANKS = (
    *("payment thank you", "payment thankyou", "thank you for your payment", "thanks for your payment"),
    *("zahlung danke", "zahlung besten dank", "danke für ihre zahlung", "dank für ihre zahlung"),
    *("paiement merci", "merci de votre paiement", "merci pour votre paiement"),
    *("gracias por su pago", "su pago gracias", "gracias por tu pago", "obrigado pelo pagamento"),
    *("grazie per il pagamento", "bedankt voor uw betaling", "tack för din betalning", "tak for din betaling"),
    *("takk for din betaling", "ödemeniz için teşekkür"),
)
