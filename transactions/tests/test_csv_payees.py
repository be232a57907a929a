"""Files that name who paid and who was paid: a line is called by the other side."""

import pytest

from transactions.importers.headings import column_name
from transactions.tests.reading import amounts, read

GERMAN = (
    '"Girokonto";"DE00111100000000000001"\n\n"Kontostand vom 03.03.2026:";"1.721,97 €"\n""\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";'
    '"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"\n'
    '"03.03.26";"03.03.26";"Gebucht";"Alice Beispiel";"Laden GmbH";"Einkauf";"Ausgang";"";"-380,12";"";"";""\n'
    '"02.03.26";"02.03.26";"Gebucht";"Werk AG";"Alice Beispiel";"Lohn";"Eingang";"";"2.380";"";"";""\n'
    '"01.03.26";"01.03.26";"Gebucht";"Alice Beispiel";"";"Gebühr";"Ausgang";"";"-1,00";"";"";""\n'
)


def test_money_out_is_called_by_the_payee_and_money_in_by_the_payer():
    statement = read(GERMAN)

    assert amounts(statement) == ["-380.12", "2380", "-1.00"]
    assert [line.description for line in statement.lines] == ["Laden GmbH", "Werk AG", "Gebühr"]
    assert statement.lines[0].also == ("Einkauf", "Ausgang", "Alice Beispiel")
    assert statement.currency == "EUR"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Buchungstag;Umsatzart;Auftraggeber;Empfänger;Betrag", "01.03.2026;Gutschrift;Werk AG;Alice;5,00"),
        ("Data operacji;Nadawca;Odbiorca;Kwota", "01.03.2026;Werk AG;Alice;5,00"),
        ("Kirjauspäivä;Summa;Tapahtumalaji;Maksaja;Saajan nimi", "01.03.2026;5,00;PANO;Werk AG;Alice"),
        ("Bokföringsdag;Belopp;Avsändare;Mottagare", "01.03.2026;5,00;Werk AG;Alice"),
        ("Fecha;Ordenante;Beneficiario;Importe", "01.03.2026;Werk AG;Alice;5,00"),
        ("Date;Payer;Payee;Amount", "01.03.2026;Werk AG;Alice;5,00"),
        ("Date;Sender Name;Recipient Name;Amount", "01.03.2026;Werk AG;Alice;5,00"),
        ("Buchungstag;Auftraggeber:in;Empfänger:in;Betrag", "01.03.2026;Werk AG;Alice;5,00"),
    ],
)
def test_payer_and_payee_are_told_apart_in_other_languages(header, row):
    came_in = read(f"{header}\n{row}\n").lines[0]
    swapped = row.replace("Werk AG", "-").replace("Alice", "Werk AG").replace(";-;", ";Alice;")
    went_out = read(f"{header}\n{swapped.replace('5,00', '-5,00')}\n").lines[0]

    assert (came_in.description, went_out.description) == ("Werk AG", "Werk AG")


def test_a_single_column_of_names_is_the_payee_whichever_way_the_money_went():
    statement = read("Buchungstag;Empfänger;Zweck;Betrag\n01.03.2026;Laden;A;-5,00\n02.03.2026;Werk AG;B;5,00\n")

    assert [line.description for line in statement.lines] == ["Laden", "Werk AG"]


@pytest.mark.parametrize(
    "name",
    [
        *("Empfänger*in", "Empfänger:in", "Empfänger_in", "Empfänger/in", "Empfänger/-in", "Empfänger(in)"),
        *("Empfänger·in", "EmpfängerIn", "Empfänger"),
    ],
)
def test_names_for_people_of_all_genders_are_one(name):
    assert column_name(name) == ("empfanger", None)


@pytest.mark.parametrize(
    "name", ["Zahlungspflichtige*r", "Zahlungspflichtige:r", "Zahlungspflichtige/r", "Zahlungspflichtige/-r"]
)
def test_adjectives_for_people_of_all_genders_are_one(name):
    assert column_name(name) == ("zahlungspflichtiger", None)


@pytest.mark.parametrize("name", ["Out/In", "In", "Paid In", "Money out/in", "Transfer in"])
def test_what_means_into_the_account_stays(name):
    assert column_name(name)[0].endswith("in")
