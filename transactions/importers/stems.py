"""Words that stand within names of columns, in many languages: what a name is about when no list has all of it."""

from transactions.importers.vocabulary import names

# Words within names of columns. These only say that there is a transaction, or count names that are there twice.
SAYING_NOTHING = frozenset(
    names(
        """operation, operations, operación, operaciones, operazione, operazioni, operação, operacji, operace,
        transaction, transactions, transacción, transacciones, transação, transazione, transakcji, transakce,
        transakcije, tranzactie, tranzactiei, tranzacției, tranzactii, transaktion, transaktions, tehingu,
        operacije, операции, операций, операції, транзакции, συναλλαγής, movimiento, movimientos, de, di, do,
        da, del, des, der, of, the, d, l, la, le, du, 1, 2, 3, 4, 5, 6, 7, 8, 9, completa, completo, complete,
        complet, complementaires, finalizarii, giao dịch, giao, dịch, 取引, お, 금융, 거래"""
    )
)
SUM_STEMS = frozenset(
    names(
        """amount, amt, suma, sum, kwota, montant, importe, importo, valor, betrag, bedrag, beløp, beløb, belopp,
        monto, iznos, сума, сумма, ποσό, số, tiền, số tiền, ghi, euro, euros, 交易金额, 金额, 发生额, 交易金額, 金額"""
    )
)
BALANCE_STEMS = frozenset(
    names(
        """balance, saldo, saldos, solde, sold, zůstatek, zostatok, egyenleg, bakiye, остаток, залишок, баланс,
        υπόλοιπο, stanje, likutis, atlikums, jääk, 残高, 잔액, 余额, יתרה, היתרה, ยอดคงเหลือ, disponible"""
    )
)
# Not among the names that are known as they are: a line's words, and with them its key, have the fee's cell in them.
FEE_STEMS = frozenset(
    names(
        """opłata, prowizja, kosten, tarifa, taxa, poplatek, díj, comision, comissão, avgift, gebyr, teenustasu,
        комісія, 手数料, 수수료"""
    )
)
PARTY_STEMS = frozenset(
    names(
        """name, nom, nombre, nome, naam, navn, namn, nimi, nazwa, název, naziv, nume, merchant, comercio,
        esercente, counterparty, party, contrepartie, tegenpartij, contraparte, controparte, partner,
        partnername, partneri, kontrahent, kontrahenta, payee, payer, beneficiary, beneficiar, beneficiario,
        bénéficiaire, recipient, sender, remitter, empfänger, empfaenger, auftraggeber, begünstigter,
        beguenstigter, zahlungsbeteiligter, saaja, maksaja, maksja, odbiorca, nadawca, odbiorcy, nadawcy,
        zleceniodawca, mottagare, mottaker, modtager, avsändare, ontvanger, destinatario, destinataire,
        ordenante, platitelja, primatelja, udeleženca, obchodníka, контрагент, получатель, отправитель, 店名, 商店,
        お店"""
    )
)
DESCRIPTION_STEMS = frozenset(
    names(
        """description, beschreibung, umschreibung, bezeichnung, descripción, descrição, descrizione, opis, popis,
        leírás, descriere, beskrivelse, beskrivning, beschrijving, libellé, label, text, texte, texto, tekst,
        details, détails, detail, detalle, detalles, detalhes, dettagli, detalii, detaljer, szczegóły, деталі,
        детали, title, título, titel, titre, titolo, narration, narrative, particulars, memo, verwendungszweck,
        zweck, purpose, motivo, motif, communication, mededeling, message, nachricht, meddelelse, melding,
        zpráva, správa, viesti, rubrik, otsikko, tytuł, tytułem, selgitus, selite, paskirtis, namen, описание,
        опис, назначение, περιγραφή, 内容, 摘要, 적요, 내용, remarks, remark, note, notes, nota, notiz,
        bemerkung, poznámka, avisierungstext, เนื้อหา, mô tả, תיאור"""
    )
)
# Such a party is never the account's own holder, so its name says more than any description.
OTHER_PARTY_STEMS = frozenset(
    names(
        """merchant, comercio, esercente, obchodníka, counterparty, contrepartie, tegenpartij, contraparte, controparte,
        kontrahent, kontrahenta, контрагент, contrapartida, gavėjas, mokėtojas, saņēmējs, maksātājs, saaja, maksaja,
        店名, お店"""
    )
)
# Such a word makes of a party its number, its bank or its town, and of an amount its currency.
ABOUT_SOMETHING_ELSE = frozenset(
    names(
        """account, konto, kontos, compte, cuenta, conto, rachunku, rachunek, rekening, účtu, účet, računa, счета,
        счёта, iban, bic, bank, banka, banku, banky, banco, banque, code, kod, kód, kode, codigo, number, no,
        nr, nummer, numero, número, numéro, numer, číslo, broj, id, identification, reference, referenz, type,
        typ, tipo, tip, tyyppi, art, category, subcategory, categorie, catégorie, kategorie, kategori,
        kategoria, categoria, categoría, group, address, adres, adresse, adresa, street, city, stadt, town,
        ville, country, land, pays, postcode, zip, state, card, karte, karty, kaart, kort, carte, tarjeta,
        cartão, holder, inhaber, kontoinhaber, karteninhaber, kontoname, owner, member, user, customer, date,
        datum, data, fecha, dato, tarih, kuupäev, time, currency, währung, waehrung, devise, valuta, waluta,
        měna, divisa, moneda, moeda, валюта, валюти, amount, betrag, montant, importe, importo, kwota, částka,
        сумма, сума, fee, rate, kurs, status, changed, product, institution, connexion, file, original, own,
        vlastní, reversal, bsb, mcc, tag, tags, 番号, 口座, 銀行, 機関, area, anfang"""
    )
)
ENDS_ABOUT_SOMETHING_ELSE = ("konto", "inhaber", "inhabers", "nummer", "nummern", "datum", "szamla", "ucet")
# Names of amounts in languages whose countries all write a decimal comma; German is Swiss as well, but no comma groups
# digits there. Spanish, Portuguese and English are none of them.
COMMA_NAMES = frozenset(
    names(
        """belopp, beløb, beløp, betrag, umsatz, bedrag, määrä, kwota, částka, objem, összeg, montant, importo, summa,
        iznos, tutar, сумма, сума, ποσό, soll, haben, debet, kredit, obciążenia, uznania"""
    )
)
