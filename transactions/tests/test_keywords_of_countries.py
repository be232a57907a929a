"""What households of many countries meet every week finds its category, and words beside it do not mislead."""

import pytest

from transactions import categorize
from transactions.categorize import Vocabulary
from transactions.standard_keywords import INCOME, SPENDING

SPENT = {
    "Groceries": "Safeway; Wal-Mart; Waitrose; Kaufland; Mercadona; Monoprix; E.Leclerc; Esselunga; Pingo Doce;"
    " Biedronka;"
    " ŻABKA; Albert Heijn; REMA 1000; Supermercado Extra; 7-Eleven; Metro Cash & Carry",
    "Eating out": "Chick-fil-A; Pret A Manger; Bäckerei Müller; BAECKEREI KAMPS; Boulangerie Paul; iFood;"
    " Pyszne.pl; Wolt;"
    " Trattoria da Mario; MC DONALDS A44",
    "Transport": "TFL TRAVEL CH; DB Vertrieb GmbH; SNCF INTERNET; Renfe; Trenitalia; UBER *TRIP; Bolt;"
    " Deutschlandticket",
    "Fuel & vehicle": "Tankstelle Marschstadt; TotalEnergies; Repsol; Orlen; Auto Posto Ipiranga; Pep Boys; Union 76;"
    " Auto Parts; Telepass",
    "Rent": "LOYER MARS; Alquiler; Affitto; Aluguel; CZYNSZ; Firma M Immobilien-Management",
    "Electricity & utilities": "Octopus Energy; EDF; Iberdrola; Enel Energia; EDP Comercial; Conta de luz; PG&E;"
    " Vattenfall",
    "Phone & internet": "Free Mobile; Movistar; Handy Rechnung; 1&1 Telecom; Vivo; Ziggo; AT&T; Internet bill",
    "Insurance": "Versicherung; MAIF; Mapfre; Porto Seguro; PZU; State Farm; Techniker Krankenkasse",
    "Subscriptions": "APPLE.COM/BILL; iTunes Music Store; Rundfunk ARD, ZDF; DAZN; TV Licence",
    "Shopping": "Target; AMZN Mktp US; MediaMarkt; El Corte Ingles; Mercado Livre; Allegro; bol.com",
    "Clothes & shoes": "H&M; The Gap; Banana Republic; Deichmann; Kiabi",
    "Health": "Zahnarzt Dr. Klein; Pharmacie du Centre; Farmacia; APTEKA; Droga Raia; CVS/PHARM",
    "Education": "Schulgeld; Waterstones; Mensalidade",
    "Home & repairs": "Hornbach; Leroy Merlin; Lowe's; B&Q; JYSK",
    "Personal care": "dm drogerie markt; Friseur; Coiffure; Peluqueria; Kruidvat; Connie's Hair D",
    "Gifts & festivals": "Blumen; Floristeria",
    "Donations": "Spende; Caritas; Croix Rouge",
    "Travel": "Ryanair; Vueling; Wizz Air; Rent a Car; Urlaub; Premier Inn",
    "Entertainment": "AMC Theaters; Kino; Eventim; Odeon",
    "Pets": "Tierarzt; Petco; Zooplus",
    "Fees & charges": "Entgeltabschluss; Tarifa pacote de serviços; Monthly Fee; Frais bancaires;"
    " Opłata za kartę; Interest Fee",
    "Taxes": "IRS; Cobrança de I.O.F.; IPTU; Urssaf; Agencia Tributaria; HMRC; Skatteverket",
}
CAME_IN = {
    "Salary": "Nómina; Salaire; Stipendio; Wynagrodzenie; Proventos; Paycheck; Månadslön",
    "Interest": "Habenzinsen; Intérêts créditeurs; Odsetki",
    "Refunds & cashback": "Erstattung; Remboursement CPAM; Reembolso; IRS TREAS 310 TAX REF; Estorno",
    "Rent received": "Miete",
}


def told(lists):
    return [(text.strip(), category) for category, texts in lists.items() for text in texts.split(";")]


@pytest.mark.parametrize(("text", "category"), told(SPENT))
def test_what_was_spent_finds_its_category(text, category):
    found = Vocabulary(SPENDING.items()).suggest(text)

    assert found is not None
    assert found.category == category


@pytest.mark.parametrize(("text", "category"), told(CAME_IN))
def test_what_came_in_finds_its_category(text, category):
    found = Vocabulary(INCOME.items()).suggest(text)

    assert found is not None
    assert found.category == category


@pytest.mark.parametrize(
    "text",
    [
        "TRANSFER DEBIT INTERNET TRANSFER",
        "Internet Banking",
        "AUTO PAY 1234",
        "AUTO DEBIT",
        "METRO BANK PLC",
        "BNP PARIBAS FORTIS",
        "Apple Pay",
        "PRZELEW NA TELEFON",
        "Porto",
        "Darlene",
        "Kinofrau",
        "Dr. Roberts",
        "Sparen",
        "J Smith · BP",
        "LUZ MARIA PEREZ",
        "JUAN FLORES",
    ],
)
def test_what_says_how_money_moved_suggests_nothing(text):
    assert Vocabulary(SPENDING.items()).suggest(text) is None


def test_a_word_beside_such_a_pair_still_speaks():
    assert categorize.suggest("Internet transfer rent", keywords=[("phone", ["internet"]), ("rent", ["rent"])]) == (
        "rent",
        "rent",
    )


def test_every_list_of_words_can_be_edited():
    assert all(len(words) <= 200 for words in (*SPENDING.values(), *INCOME.values()))
