"""What banks call their columns and what they write into them, in many languages. Words only: no bank is named.

Names are compared folded (see ``fold``), and within a role the earlier name is taken first.
"""

import unicodedata
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from batua.money import CURRENCIES


class Role(Enum):
    """What a column holds."""

    DATE = "date"
    OTHER_DATE = "other date"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    DIRECTION = "direction"
    BALANCE = "balance"
    CURRENCY = "currency"
    STATE = "state"
    FEE = "fee"
    BANK_ID = "bank id"
    ACCOUNT = "account"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    TEXT = "text"
    PAYER = "payer"
    PAYEE = "payee"


# Most texts are ASCII; for them this is all there is to folding.
_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Words without case, accents and punctuation: "Début d'opération (EUR)" → "debut d operation eur"."""
    if text.isascii():
        return " ".join(text.translate(_ASCII_WORDS).split())
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().replace("ı", "i"))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


def names(text: str) -> tuple[str, ...]:
    return tuple(fold(name) for name in text.replace("\n", ",").split(",") if name.strip())


def _sided(stems: str, side: str) -> tuple[str, ...]:
    """Names of a column of one side as banks shorten and lengthen them: Withdrawal Amt., Amount (Dr), Deposit (Cr)."""
    ends = (
        "{}",
        "{} amount",
        "{} amt",
        "{} amnt",
        "amount {}",
        "amt {}",
        f"{{}} {side}",
        f"{{}} amount {side}",
        f"{{}} amt {side}",
    )
    return names(",".join(end.format(stem.strip()) for stem in stems.split(",") for end in ends))


# The day of booking before the day of the purchase, the day that interest counts from last.
_DATE = names(
    """completed date, booking date, buchungstag, buchungsdatum, date processed, posting date, posted date,
    post date, date de comptabilisation, date comptable, date operation, date de l'opération, date opération,
    fecha contable, fecha de operación, fecha operación, fecha operacion, data contabile, data operazione,
    data operacji, data transakcji, data księgowania, datum zaúčtování, datum provedení, datum zauctovani,
    boekingsdatum, boekdatum, bokföringsdag, bokföringsdatum, reskontradatum, bokført dato, bogføringsdato,
    kirjauspäivä,
    könyvelés dátuma, tranzakció dátuma, tranzakció időpontja, data tranzactiei, data procesarii,
    data înregistrării, işlem tarihi, дата операции, дата обработки, дата проводки, дата транзакции,
    дата операції, 记账日, 记账日期, 入账日期, 交易时间, 交易日期, 交易日, 日期, 取引日, 日付, 利用日, ご利用日,
    年月日, 거래일시, 거래일자, 거래일, transaction date, transactiedatum, transaktionsdatum, transaksjonsdato,
    txn date, tran date, trans date, transaction datetime, transaction time, value date time, date, datum, dato,
    data, fecha, dátum, päivämäärä, päiväys, pvm, tarih, дата, ημερομηνία, tanggal, ngày, तारीख, दिनांक,
    التاريخ, תאריך, วันที่, day, datetime, date time, time, started date, date started, created on, created,
    umsatzdatum, belegdatum, buchung, buch datum, completion time, completion date, txn dt, tran dt, trans dt,
    trn date, trn dt, trx date, post dt, posting dt, f operación, f contable, dt, data mov, data do movimento,
    data lançamento, data de lançamento, data movimento,
    fecha movimiento, dat, kuupäev, datums"""
)
_OTHER_DATE = names(
    """value date, value dt, val date, val dt, f valor, value dat,
    valuta, valutadatum, wertstellung, wertstellung valuta, date de valeur,
    date valeur, fecha valor, data valuta, data waluty, rentedatum, értéknap, datum valuty, valör, valutadag,
    arvopäivä, data valor, data do balancete, effective date, valor tarihi"""
)
_AMOUNT = names(
    """net, neto, netto, net amount, net total, montant net, сумма пересчитанная в валюту счета, сумма в валюте счета,
    сумма в валюте карты, сума в валюті картки, сума у валюті картки, сума в валюті рахунку, сумма платежа,
    amount in account currency, amount num, account currency amount, card currency amount, billing amount,
    account amount, local amount, amount, amount total, transaction amount, betrag, umsatz, bedrag, montant,
    montant de l'opération, importe, importe eur, importo, importo operazione, valor, kwota, objem,
    kwota operacji, kwota transakcji, kwota w walucie rachunku, kwota transakcji waluta rachunku,
    částka v měně účtu, zaúčtovaná částka, transaction amount local, local currency amount, částka, castka,
    suma, összeg, tranzakció összege, belopp, beløp, beløb, summa, määrä, tutar, işlem tutarı, сумма,
    сумма операции, сума, ποσό, jumlah, nominal, số tiền, राशि, रकम, المبلغ, סכום, จำนวนเงิน, 金额, 金額,
    交易金额, 人民币金额, 金额 元, 利用金額, ご利用金額, 거래금액, 금액, betrag in eur, umsatz in eur, gross,
    bruto, brutto, total, sum, amt, amnt, txn amount, txn amt, tran amount, tran amt, trans amount, trans amt,
    trn amount, trn amt, trx amount, transaction amt, movement, mutatiebedrag, transactiebedrag, bedrag in eur,
    originalbetrag, monto, cantidad, quantia, montante, suma tranzactiei"""
)
_DEBIT = names(
    """debit, cost, debit amount, debit amt, debits, withdrawal, withdrawals, withdrawal amount, withdrawal amt,
    withdrawn, paid out, money out, funds out, out, outflow, outgoing, spent, expense, expenses, payments,
    soll, ausgang, ausgaben, belastung, lastschrift, af, uit, uitgaven, debet, débit, montant débit, dépense,
    dépenses, débito, debito, debe, cargo, cargos, egreso, egresos, retiros, addebito, addebiti, uscite, dare,
    saída, saídas, saida, saidas, débitos, obciążenia, wydatki, výdaje, výdaj, terhelés, kiadás, debit balance,
    utgift, utgifter, ut, uttag, ud, udgifter, ut av konto, ut fra konto, isplata, v breme, ถอน, בחובה, borç,
    gider, расход, списание, расходы, дебет, видатки, 支出, 支出金额, 记账金额 支出, 支出金額, 借方, 借方金额,
    支払, 支払金額, 支払い金額, お支払金額, お支払い金額, 出金, 出金金額, 出金額, 引出し, お引出し,
    お引き出し, 引出金額, お引出金額, 출금, 출금액, 출금금액, 찾으신금액, χρέωση,
    pengeluaran, debitare, mutasi debet, nợ, ghi nợ, phát sinh nợ, חובה, مدين"""
) + _sided(
    "dr, debit, debits, withdrawal, withdrawals, withdraw, withdraws, withdrawn, wdl, wdrl, withd, wthdrwl", "dr"
)
_CREDIT = names(
    """credit, lodgements, lodgement, lodged, credit amount, credit amt, credits, deposit, deposits,
    deposit amount, deposit amt, deposited, paid in, money in, funds in, in, inflow, incoming, received,
    income, receipts, haben, eingang, einnahmen, gutschrift, bij, erbij, inkomsten, crédit, montant crédit,
    recette, recettes, crédito, credito, haber, abono, abonos, ingreso, ingresos, depósitos, accredito,
    accrediti, entrate, avere, entrada, entradas, créditos, uznania, wpływy, příjmy, příjem, jóváírás, bevétel,
    inntekt, inntekter, inn, insättning, ind, indtægter, inn på konto, uplata, v dobro, ฝาก, בזכות, alacak,
    gelir, приход, поступление, поступления, зачисление, доход, кредит, надходження, 收入, 收入金额, 存入,
    记账金额 收入, 收入金額, 存入金額,
    贷方, 贷方金额, 預入, 預入金額, お預入れ, お預け入れ, お預入金額, 入金, 入金金額, 入金額, 預り金額,
    預かり金額, お預り金額, お預かり金額, 입금, 입금액, 입금금액, 맡기신금액, πίστωση, pemasukan, creditare,
    mutasi kredit, có, ghi có, phát sinh có, זכות, دائن, lodg"""
) + _sided("cr, credit, credits, deposit, deposits, deposited, dep, depo, dpst", "cr")
_DIRECTION = names(
    """af bij, creditdebet, credit debet, debit credit, debit credit indicator, debit credit flag, dr cr, cr dr,
    dr cr type, d c, c d, s h, soll haben, soll haben kennung, bevétel kiadás, billingamountsign, amount sign,
    sign, direction, richtung, sens, signe, segno, entry type, transaction type, type, tipo, typ, 收支, 收 支,
    借贷标志, 借贷, 入出金, deebet kreedit, d k, debets kredīts, debetas kreditas, πρόσημο, směr úhrady,
    credit or debit, credit debit, debit or credit, indicator, cdi, cargo abono, cargo o abono,
    plus minus, plus minus sign, debit credit sign, vorzeichen, teken, znak"""
)
_BALANCE = names(
    """balance, closing balance, running balance, ledger balance, account balance, balance amount, book balance,
    balance after, saldo, saldo na trn, saldo na mutatie, resulting balance, saldo nach buchung, kontostand,
    solde, saldo final, saldo disponible, saldo contabile, saldo po operacji, stan konta, zůstatek, zostatok,
    egyenleg, sold, bakiye, остаток, залишок, баланс, υπόλοιπο, 余额, 账户余额, 残高, 差引残高, 잔액,
    거래후잔액, 거래후 잔액, 取引後残高, 取引後残高 円, залишок на кінець періоду, залишок після операції,
    bokfört saldo, saldo po transakcji, saldo contabilístico, saldo contabilistico, available balance,
    balance eur, saldot, bal, bal amt, bal amount, balance amt, closing bal, running bal, ledger bal, book bal,
    available bal, avail bal, saldo akhir, số dư, ยอดคงเหลือ, יתרה, الرصيد"""
)
_CURRENCY = names(
    """валюта счета, account currency, currency, currency code, ccy, waehrung, währung, munt, muntsoort,
    valutacode, valutakod, devise, divisa, moneda, moeda, waluta, валюта карты, валюта картки, валюта платежа, měna,
    mena, tranzakció devizaneme, munteenheid, devies, devizanem,
    deviza, pénznem, valuta, valuuta, para birimi, döviz, валюта, валюта операции, νόμισμα, mata uang, 币种,
    交易币种, 通貨, 통화"""
)
_STATE = names(
    """state, status, info, transaction status, umsatzstatus, buchungsstatus, statut, etat, estado, stato, stav,
    állapot, статус, durum, 交易状态, 当前状态, 状态, ステータス, 상태, contabilizzazione"""
)
_FEE = names("fee, fees, gebühr, frais, comisión, commissione, комиссия, 手续费")
_BANK_ID = names(
    """transaction id, transactionid, transferwise id, txn id, wallet txn id, fitid, unique id,
    id de transacción, id de transaction, id transazione, transaktions id, transaktionsnummer, transactienummer,
    volgnr, id operacji, id transakce, id pohybu, tranzakció azonosító, megbízás azonosító, код транзакции,
    交易订单号, 交易单号, 取引番号, id"""
)
_ACCOUNT = names(
    """account number, account no, accountno, account, account name, auftragskonto, rekening, rekeningnummer,
    iban bban, iban auftragskonto, compte, numéro de compte, cuenta, conto, rachunek, účet, számlaszám,
    номер карты счета договора, номер счета, hesap no, kontonummer, konto"""
)
_CATEGORY = names(
    """category, category name, moneymap, envelope, spending category, kategorie, kategori, kategoria, catégorie,
    categoría, categoria,
    categorie, kategória, категория, категорія, 分类, 类别, カテゴリ, 中項目, 大項目, 카테고리"""
)
# Who sent the money and who got it: where a file has both, one of them is the account's own holder.
_PAYER = names(
    """zahlungspflichtiger, auftraggeber, zahler, payer, payer name, remitter, remitter name, debtor, debtor name,
    sender, sender name, donneur d'ordre, ordenante, ordinante, pagador, pagatore, nadawca, nazwa nadawcy, plátce,
    maksaja, maksajan nimi, betalare, betaler, avsändare, плательщик, отправитель, 付款人, 付款方"""
)
_PAYEE = names(
    """zahlungsempfänger, empfänger, begünstigter, payee, payee name, beneficiary, beneficiary name, recipient,
    recipient name, receiver, receiver name, creditor, creditor name, bénéficiaire, beneficiario, destinatario,
    destinataire, odbiorca, nazwa odbiorcy, příjemce, saaja, saajan nimi, mottagare, mottagarens namn, mottaker,
    modtager, begunstigde, ontvanger, получатель, 收款人, 收款方"""
)
# What a person would call the payment first; the bank's word for its kind last.
_TEXT = names(
    """merchant, merchant name, 商品说明, 商品, narration, transaction description, transaction details,
    omschrijving 1, naam omschrijving, détail de l'écriture, beguenstigter zahlungspflichtiger,
    begünstigter zahlungspflichtiger, begünstigter auftraggeber, auftraggeber empfänger,
    empfänger auftraggeber, auftraggeber begünstigter, sender empfänger, empfänger sender, zahlungspflichtiger,
    zahlungsempfänger, empfänger, begünstigter, auftraggeber, name zahlungsbeteiligter, partnername,
    partner name, partner, odbiorca zleceniodawca, nadawca odbiorca, dane kontrahenta, odbiorca,
    nazwa odbiorcy, nadawca, nazwa nadawcy, saajan nimi, saaja, maksaja, maksajan nimi, maksunsaaja, nimi,
    mottagarens namn, mottagare, betalare, avsändare, text mottagare, namn, begunstigde, ontvanger, příjemce,
    plátce, beneficiary or cardholder, nombre, partner neve, kontrahent, nazwa kontrahenta, název protistrany,
    název protiúčtu, název účtu protiúčtu, counterparty, counterparty name, counter party, counter party name,
    tegenrekeninghouder, naam tegenpartij, naam tegenpartij bevat, payee, payee name, beneficiary,
    beneficiary name, recipient, recipient name, name, description, memo description, details, omschrijving,
    beschreibung, beschreibung1, beschreibung2, beschreibung3, description 1, description 2, descripción,
    descrição, descrizione completa, descrizione, operazione, opis, opis operacji, opis transakcji, popis,
    leírás, descriere, beskrivelse, beskrivning, tekst, text, otsikko, rubrik, forklaring, selite,
    saaja maksaja, açıklama, описание, описание операции, основание, опис операції, опис, назначение платежа,
    призначення платежу, αιτιολογία, περιγραφή, keterangan, deskripsi, mô tả, diễn giải, विवरण, البيان, תיאור,
    รายการ, 交易摘要, 摘要内容, お取り扱い内容, 入出金内容, 摘要, 交易描述, 取引内容, ご利用店名, 利用店名,
    내용, 적요, 기재내용, libellé, libelle, libellé simplifie, label, concepto, concepto referencia, causale,
    descrição, histórico, historico, lançamento, title, activity, particulars, payer, payer name, remitter,
    remitter name, sender, sender name, receiver, receiver name, debtor, debtor name, creditor, creditor name,
    bénéficiaire, donneur d'ordre, destinataire, beneficiario, ordenante, destinatario, ordinante, pagador,
    zahler, получатель, плательщик, отправитель, 收款人, 收款方, 付款人, 付款方, mottaker, modtager, betaler,
    pagatore, naam, 交易对方, to, from, buchungstext, buchungs details, vorgang, verwendungszweck, betreff,
    zweck, mededelingen, communicatie, mededeling, bericht, omschrijving 2, omschrijving 3, sub description,
    memo, tytuł, tytuł operacji, zpráva pro příjemce, poznámka, označení operace, dettagli, description 3,
    note, notes, notiz, name of sender receiver, observaciones, payment reference, transaction ref1,
    transaction ref2, reference, referenz, közlemény, тип операции, remarks, remark, narrative, comment,
    comentario, original description, tranzakció típusa, transaction type, type, typ transakcji, umsatztyp,
    umsatzart, buchungsart, art, transaction, movimiento, 交易分类, 备注, code"""
)

NAMES: MappingProxyType[Role, tuple[str, ...]] = MappingProxyType(
    {
        Role.DATE: _DATE,
        Role.OTHER_DATE: _OTHER_DATE,
        Role.AMOUNT: _AMOUNT,
        Role.DEBIT: _DEBIT,
        Role.CREDIT: _CREDIT,
        Role.DIRECTION: _DIRECTION,
        Role.BALANCE: _BALANCE,
        Role.CURRENCY: _CURRENCY,
        Role.STATE: _STATE,
        Role.FEE: _FEE,
        Role.BANK_ID: _BANK_ID,
        Role.ACCOUNT: _ACCOUNT,
        Role.CATEGORY: _CATEGORY,
        Role.TEXT: _TEXT,
        Role.PAYER: _PAYER,
        Role.PAYEE: _PAYEE,
    }
)

OUT_WORDS = frozenset(
    names(
        """debit, dr, db, d, af, s, soll, out, outflow, outgoing, debet, débit, debito, débito, cargo, expense,
        expenses, spending, withdrawal, kiadás, terhelés, uscita, gasto, dépense, расход, списание, дебет, 支出,
        借, 出金, 출금, borç, sent, χ"""
    )
)
IN_WORDS = frozenset(
    names(
        """credit, cr, c, bij, h, haben, in, inflow, incoming, crédit, credito, crédito, abono, income, deposit,
        bevétel, incomes, jóváírás, entrata, ingreso, recette, приход, поступление, зачисление, кредит, 收入,
        贷, 入金, 입금, alacak, received, π, k"""
    )
)
NEUTRAL_WORDS = frozenset(names("不计收支, 中性交易, neutral"))

PENDING_WORDS = frozenset(
    names(
        """pending, pend, umsatz vorgemerkt, vorgemerkt, ausstehend, authorised, authorized, authorisation,
        processing, in progress, not posted, unposted, en attente, en cours, pendiente, pendente, in attesa,
        in behandeling, gereserveerd, reservation, oczekująca, w trakcie realizacji, čekající, nezaúčtováno,
        függőben, в обработке, ожидание, bekliyor, offen, non contabilizzato, in lavorazione, venter, afventer,
        reserveret, reservert, reserverad, reserverat, autorizzato, da contabilizzare, varaus, katevaraus, blokada,
        broneering, rezervace,
        väntar, odottaa, hold, outstanding, на обработке, в обработке, обробляється, 等待付款, 处理中, 保留中"""
    )
)
DEAD_WORDS = frozenset(
    names(
        """reverted, declined, failed, cancelled, canceled, rejected, refused, expired, void, voided, failure,
        storniert, abgelehnt, annulé, refusé, rechazado, cancelado, geweigerd, odrzucona, отклонено, отклонена,
        отменено, отменена, ошибка, 交易关闭, 交易失败, 已关闭, 已取消, 失败, 승인취소"""
    )
)

OPENING_WORDS = frozenset(
    names(
        """opening balance, open balance, opening bal, balance brought forward, brought forward, b f, balance b f,
        bal b f, previous balance, beginning balance, starting balance, balance forward,
        saldo anterior, saldo inicial, saldo iniziale, alter kontostand, anfangssaldo, anfangsbestand,
        solde initial, ancien solde, beginsaldo, saldo początkowe, algsaldo, likutis pradžiai,
        pradinis likutis, sākuma atlikums, počáteční zůstatek, nyitó egyenleg, начальный остаток,
        входящий остаток, 期初余额, 前月残高, saldovortrag, solde précédent, saldo awal, saldo otwarcia,
        ingående saldo, inngående saldo, primosaldo, sold initial, sold precedent, prethodno stanje, devir bakiyesi,
        số dư đầu kỳ, ยอดยกมา, 上期余额, 承前页, 繰越残高, 前回残高, 이월잔액"""
    )
)
CLOSING_WORDS = frozenset(
    names(
        """closing balance, close balance, closing bal, balance carried forward, carried forward, c f, balance c f,
        bal c f, ending balance, new balance,
        saldo final, saldo atual, saldo finale, neuer kontostand, kontostand, endsaldo, endbestand,
        solde final, nouveau solde, eindsaldo, saldo końcowe, lõppsaldo, likutis pabaigai, galutinis likutis,
        beigu atlikums, konečný zůstatek, záró egyenleg, конечный остаток, исходящий остаток, 期末余额, s a l d o,
        saldo akhir, saldo zamknięcia, utgående saldo, ultimosaldo, sold final, novo stanje, số dư cuối kỳ, 本期余额"""
    )
)
# What an account moved in all, or had at the end of a day: lines of their own with a day like any other.
TURNOVER_WORDS = frozenset(
    names(
        """käive, apyvarta, apgrozījums, turnover, saldo do dia, saldo dia, saldo total disponível dia,
        saldo disponível dia, daily balance, tagessaldo, saldo del día, end of day balance"""
    )
)
TOTAL_WORDS = frozenset(
    names(
        """total, totals, grand total, sum, summe, gesamt, gesamtsumme, totaal, totale, subtotal, sub total,
        saldo, balance, saldo do dia, s a l d o, solde, total balance, razem, suma, celkem, spolu, összesen,
        transaction total, transactions total, page total,
        итого, всего, toplam, 合计, 总计, 合計, 합계, statement summary, total debits, total credits,
        available balance, ledger balance, saldo dia"""
    )
)

CREDIT_CARD_WORDS = ("credit card", "kreditkarte", "carte de credit", "tarjeta de credito", "信用卡", "creditcard")
# Columns that only a credit card's table has: who of several people used the card.
CARD_COLUMNS = frozenset(
    names(
        """card member, cardmember, card member name, cardholder, card holder, cardholder name, card,
        purchased by, karteninhaber, kartenmitglied, titulaire de la carte, titular de la tarjeta,
        nome no cartão, intestatario carta, kaarthouder, kortmedlem, kortinnehavare, kortholder, kortinnehaver,
        kortin haltija, 利用者, ご利用者, 利用日, 利用店名, ご利用日, ご利用店名, extended details,
        appears on your statement as, billing amount, last 4 of card,
        ご利用年月日, ご利用場所, ご利用箇所, 利用店名 商品名, שם בית עסק,
        שם בית העסק, 消費日, 消費日期, 消費明細, 卡號末四碼, 卡号末四位, 이용카드, 이용카드명, 이용하신곳, 가맹점명"""
    )
)
REPAYMENT_WORDS = ("还款", "payment received", "payment thank you", "repayment", "autopay", "refund", "退款")
# What only the one who got the money writes.
THANKS_FOR_PAYMENT = (
    *(
        "payment received",
        "payment thank you",
        "thank you for your payment",
        "paiement merci",
        "merci de votre paiement",
    ),
    *("paiement recu", "zahlung erhalten", "zahlung uberweisung erhalten", "zahlungseingang", "pago recibido"),
    *("gracias por su pago", "pagamento recebido", "inclusao de pagamento", "pagamento ricevuto", "betaling ontvangen"),
    *(
        "betaling mottatt",
        "betalning mottagen",
        "tack för din betalning",
        "paymt thru e bank",
        "inbetalning mottagen",
        "indbetaling modtaget",
        "ödemeniz için teşekkür",
        "还款",
    ),
)
# What a column of kinds calls money that was spent, in a cell of its own.
PURCHASE_WORDS = frozenset(names("purchase, purchases, achat, kauf, compra, aankoop, acquisto, köp, køb, 消费"))

CURRENCY_WORDS = MappingProxyType(
    {code.casefold(): code for code in CURRENCIES}
    | {"rs": "INR", "rupees": "INR", "rur": "RUB"}
    | dict.fromkeys(("euro", "euros", "euroa"), "EUR")
)


def currency_code(text: str) -> str | None:
    """The ISO code that a cell is, also by an old name (RUR) or as GnuCash's CURRENCY::EUR; None when it is none."""
    return CURRENCY_WORDS.get(text.rpartition("::")[2].casefold())
