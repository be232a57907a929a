"""Bank texts as people read them: each kind of noise by hand, and properties that hold for every text there is."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transactions import importers, standard_keywords
from transactions.categorize import Vocabulary
from transactions.importers.payees import readable
from transactions.tests.test_corpus import READ, SHARED

BY_HAND = {
    # Indian rails.
    "UPI-SWIGGY-swiggy@ybl-YESB0YBLUPI-412345678901-PAYMENT FROM PHONE": "Swiggy",
    "UPI/DR/412345678901/SWIGGY/YESB/swiggy@ybl/Payment": "Swiggy",
    "UPI/P2M/412345678901/Zomato Limited/Paytm/HDFC BANK LTD": "Zomato Limited",
    "UPI/412345678901/dinner with anu/anu@okicici/ICICI Bank": "dinner with anu",
    "UPI-RAMESH KUMAR-ramesh@okaxis-UTIB0000123-412345678901-RENT": "Ramesh Kumar, Rent",
    "UPI-A-ONE STORES-aone@ybl-412345678901": "A-One Stores",
    "UPI-9876543210@paytm-PYTM0123456-412345678901": "UPI",
    "TO TRANSFER-UPI/DR/412345678901/RAMESH K/SBIN/ramesh@oksbi/rent--": "Ramesh K, rent",
    "NEFT CR-SBIN0001234-ACME CORP-RAJ SHARMA-SBIN12345678901": "Acme Corp, Raj Sharma",
    "IMPS-412345678901-JOHN DOE-HDFC-XXXXXXXX1234-RENT MARCH": "John Doe, Rent March",
    "ACH D- TP ACH INDIANESIGN-1234567": "Indianesign",
    # Cards.
    "POS 416021XXXXXX1234 AMAZON INDIA MUMBAI": "Amazon India",
    "POS DEBIT VISA CHECK CARD 1234 STARBUCKS #1234 SEATTLE WA": "Starbucks",
    "VISA DEBIT PURCHASE CARD 1234 WOOLWORTHS SYDNEY AU": "Woolworths",
    "PURCHASE AUTHORIZED ON 03/12 TRADER JOE'S #123 S412345678901234 CARD 1234": "Trader Joe's #123",
    "KARTENZAHLUNG REWE SAGT DANKE 44123 BERLIN DE 2026-03-01T12:11": "Rewe",
    "BETALING ALBERT HEIJN 1234 AMSTERDAM NLD": "Albert Heijn",
    "BEA   NR:XXX1234   22.05.11/14.25 PETS PLACE KATWIJK,PAS999": "Pets Place",
    "PAIEMENT CB 1203 CARREFOUR PARIS CARTE X1234": "Carrefour",
    "NOOKI DESIGN           LONDON  NW10  GBR": "Nooki Design",
    "EDEKA DÜBEL//THOMASINGEN/DE": "Edeka Dübel",
    "SWIGGY Bengaluru IN": "Swiggy",
    "AMAZON.COM*M208P98U1 AM 12/19 PURCHASE AMZN.COM/BILL WA": "Amazon.com",
    "SQ *BLUE BOTTLE COFFEE": "Blue Bottle Coffee",
    "PAYPAL *SPOTIFY": "Spotify",
    "Google *temporary Hold": "Google temporary Hold",
    "Карта *1234 MEGAFON TOPUP  1234": "Megafon Topup",
    # SEPA, labels, slashes.
    "SVWZ+Miete Maerz 2026 EREF+NOTPROVIDED KREF+123456789012": "Miete Maerz 2026",
    "/TRTP/SEPA OVERBOEKING/IBAN/NL00RABO0123456789/NAME/J JANSEN/REMI/huur maart/EREF/X1": "J Jansen, huur maart",
    "Naam: VOORBEELD A B Omschrijving: Kosten rekening IBAN: NL99ASNB9999999999": "Voorbeeld A B, Kosten rekening",
    "VIR RECU 1234567834S DE: Francois REF: 123457891234567894561231": "Francois",
    "Some Company vendorpymt                 PPD ID: 59728JSL20": "Some Company vendorpymt",
    "ACME CORP DES:PAYROLL ID:12345678 INDN:JOHN CO ID:99999999 PPD": "Acme Corp, Payroll",
    "24.03/14.30UHR Böbbingen": "Böbbingen",
    "123412341234 1234123412344 MIETE04/18": "Miete",
    # Cards and transfers of the continent.
    "VIR ACME": "Acme",
    "VIR INST RECU ACME": "Acme",
    "VIREMENT EN VOTRE FAVEUR ACME SALAIRE": "Acme Salaire",
    "VIREMENT DE ACME SALAIRE REFERENCE : 123456": "Acme Salaire",
    "FACTURE CARTE DU 120326 CARREFOUR": "Carrefour",
    "PAIEMENT PAR CARTE X1234 CARREFOUR 12/03": "Carrefour",
    "PAIEMENT AVEC LA CARTE DE DEBIT NUMERO 4871 04XX XXXX 1234 DELHAIZE GENT 12/03/2026": "Delhaize",
    "ACHAT CB CARREFOUR 12.03.26 CARTE NUMERO 123": "Carrefour",
    "CB CARREFOUR FACT 120326": "Carrefour",
    "CARTE 12/03/26 CARREFOUR CB*1234": "Carrefour",
    "CARREFOUR MARKET CB*1234": "Carrefour Market",
    "KAUF/DIENSTLEISTUNG COOP ZUERICH": "Coop",
    "Gutschrift: ACME AG": "Acme AG",
    "GUTSCHRIFT ACME AG": "Acme AG",
    "COOP;Zürich": "Coop",
    "ACME AG;Zürich": "Acme AG",
    "REWE SAGT DANKE 44123 Kartenzahlung 12.03.26 18:05": "Rewe",
    "ACME GmbH Gehalt Maerz End-to-End-Ref.: NOTPROVIDED": "ACME GmbH Gehalt Maerz",
    "BILLA DANKT 0001 K1 12.03.UM 15:00": "Billa",
    "BEA, Betaalpas                   Albert Heijn 1234,PAS123         NR:12345678, 12.03.26": "Albert Heijn",
    "BEA, Betaalpas ALBERT HEIJN 1234,PAS123": "Albert Heijn",
    "BIEDRONKA 1234 ZAKUP PRZY UŻYCIU KARTY": "Biedronka",
    "ACME SP. Z O.O. PRZELEW PRZYCHODZĄCY": "Acme SP. Z O.O.",
    "BIEDRONKA 1234 /WARSZAWA                                          DATA TRANSAKCJI: 2026-03-12": "Biedronka",
    "Lokalizacja: Adres: BIEDRONKA 1234 Miasto: WARSZAWA Kraj: POLSKA": "Biedronka",
    "Nazwa nadawcy: ACME": "Acme",
    "Místo: ALBERT": "Albert",
    "Platba kartou 1234**1234 LIDL BRATISLAVA": "Lidl",
    "KUPOVINA KONZUM ZAGREB": "Konzum",
    "Visa 100004 Rema 1000": "Rema 1000",
    "REMA 1000 OSLO Dato 12.03 kl. 18.05": "Rema 1000",
    "Kortköp 260312 ICA": "ICA",
    "ICA SUPERMARKET Kortköp 2026-03-12": "ICA Supermarket",
    "デビット セブンイレブン": "セブンイレブン",
    "Visaデビット\u3000セブンイレブン": "セブンイレブン",
    # Iberia and Latin America.
    "TFI ACME": "Acme",
    "TRF P/ ACME": "Acme",
    "Transferência recebida pelo Pix - ACME": "Acme",
    "Transferência enviada pelo Pix - Maria Silva": "Maria Silva",
    "Pix recebido de ACME LTDA": "Acme Ltda",
    "TRANSF PIX REM: ACME LTDA 14/03": "Acme Ltda",
    "Pix - Recebido - 14/03 08:00 12345678000199 ACME LTDA": "Acme Ltda",
    "COMPRA CARTAO DEBITO VISA ELECTRON MERCADO SAO PAULO": "Mercado Sao Paulo",
    "COMPRA EN ESTABLECIMIENTO EXITO BOGOTA": "Exito",
    "COMPRA TARJ. 1234 MERCADONA VALENCIA": "Mercadona",
    "COMPRA TARJ. 5402XXXXXXXX1234 MERCADONA-VALENCIA": "Mercadona-Valencia",
    "Ifood *Ifood": "Ifood",
    # Britain, Ireland and North America.
    "'1234 12MAR26 , TESCO STORES 2211 , LONDON GB": "Tesco Stores",
    "'ACME LTD , SALARY , FP 14/03/26 0800 , 000000123456": "Acme Ltd, Salary",
    "TESCO STORES 2211      ON 12 MAR BCC": "Tesco Stores",
    "TESCO STORES 6121 CD 1234": "Tesco Stores",
    "POS13MAR TESCO STORES": "Tesco Stores",
    "VDP-TESCO STORES": "Tesco Stores",
    "D/D ELECTRIC IRELAND": "Electric Ireland",
    "CARD PAYMENT TO TESCO STORES ON 12 MAR": "Tesco Stores",
    "Card transaction of 23.45 EUR issued by Lidl BERLIN": "Lidl",
    "Received money from ACME GMBH with reference Gehalt": "Acme GmbH, Gehalt",
    "Sent money to Jane Doe": "Jane Doe",
    "Paid to BigBasket": "BigBasket",
    "Received from ACME": "Acme",
    "Merchant Payment to NAIVAS": "Naivas",
    "Customer Transfer to 2547****123 - JOHN DOE": "John Doe",
    "WEB AUTHORIZED PMT VERIZON": "Verizon",
    "DEBIT CARD PURCHASE AT KROGER #123 CINCINNATI OH ON 031226 FROM CARD#: XXXXXXXXXXXX1234": "Kroger #123",
    "4321 DBT PURCHASE ON 03/12 STOP & SHOP BOSTON MA": "Stop & Shop",
    "ACH PAYMENT ACME PAYROLL 031426": "Acme Payroll",
    "SHELL OIL 57444 SAN JOSE CA": "Shell Oil",
    "[PR]LOBLAWS": "Loblaws",
    "[DN]ACME PAY/PAY": "Acme Pay/Pay",
    "LOBLAWS TORONTO ON": "Loblaws",
    "LOBLAWS TORONTO, ON": "Loblaws",
    "Direct deposit: from ACME": "Acme",
    "WOOLWORTHS - Visa Purchase - Receipt 12345": "Woolworths",
    "WOOLWORTHS 1234 PERTH - Visa Purchase - Receipt 123456In PERTH Date 12/03/26 Card 1234": "Woolworths",
    "POS PURCHASE SETTLEMENT CARD NO. 1234 CHECKERS CAPE TOWN": "Checkers",
    "POS CARREFOUR DUBAI": "Carrefour",
    "PAGO:JUMBO 123": "Jumbo 123",
    "DK 12345 NETTO": "Netto",
    "365 Online J DOE": "J Doe",
    # Asia.
    "FAIRPRICE SI SGP 12MAR": "Fairprice",
    "SALE DEBIT TESCO": "Tesco",
    "IBK FUND TFR FR A/C ACME": "Acme",
    "TRSF E-BANKING DB INDOMARET": "Indomaret",
    "KR OTOMATIS ACME": "Acme",
    "THANH TOAN POS CIRCLE K": "Circle K",
    "NEFT ACME SALARY": "Acme Salary",
    "NEFT_IN:N073261234567890/ACME PVT LTD": "Acme Pvt Ltd",
    # Spelling.
    "MCDONALD'S #112": "McDonald's #112",
    "O'REILLY AUTO PARTS": "O'Reilly Auto Parts",
    "FIRMA GMBH": "Firma GmbH",
    "LIC OF INDIA PREMIUM": "LIC of India Premium",
    "DELIVEROO.CO.UK        LONDON        LND": "Deliveroo.co.uk",
    "KPN - DIGITENNE": "KPN - Digitenne",
    "CARD_PAYMENT": "Card Payment",
    "ЗАРПЛАТА ЗА МАРТ": "Зарплата За Март",
}
# What a person wrote, or what is nothing but noise, stays as it is.
LEFT_ALONE = (
    *(
        "Landlord",
        "Transfer : Savings",
        "24/7 Fitness",
        "7-Eleven",
        "In-N-Out Burger",
        "H&M",
        "BP",
        "HSBC",
        "x",
        "亲情卡",
    ),
    *("123456789012", "*****", "Deutsche Oper Berlin", "Pagamento de Título", "Check 2656", "Karte1", "0.00", "что-то"),
    *("Pagamento recebido", "Virement recu", "Tante An", "Vir", "Bakery; corner", "Salt, Pepper"),
    *("Miete /Nebenkosten", "Coffee - receipt lost", "Przelew", "Dinner on 12 March", "Vir Singh", "Epos Now"),
    *("Geschenk Thomas 1/5", "iTunes Music Store", "Nederlandse Loterij Organisatie B.V.", "Salary March 2026"),
)


@pytest.mark.parametrize(("text", "wanted"), BY_HAND.items())
def test_the_banks_noise_is_taken_off(text, wanted):
    assert readable(text) == wanted


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_says_something_as_it_is_stays(text):
    assert readable(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ŞİŞLİ MİGROS ALIŞVERİŞ", "Şişli Migros Alışveriş"),
        ("YAPI KREDİ BANKASI", "Yapı Kredi Bankası"),
        ("İSTANBUL-KADIKÖY BELEDİYESİ", "İstanbul-Kadıköy Belediyesi"),
        ("MAIN STREET BISTRO", "Main Street Bistro"),
    ],
)
def test_turkish_capitals_have_small_letters_of_their_own(text, wanted):
    assert readable(text) == wanted


def test_runs_of_spaces_become_one_also_where_nothing_else_can_be_taken_off():
    assert readable("  12345   67890 ") == "12345 67890"
    assert readable("   ") == ""


def corpus() -> list[str]:
    if not SHARED.exists():
        pytest.skip("The collection of real bank files (../shared/statements) is not beside the project.")
    statements = (importers.read((SHARED / name).read_bytes(), filename=name) for name in READ)
    texts = {text for found in statements for line in found.lines for text in (line.description, *line.also)}
    return sorted(texts)


def test_every_text_of_the_collection_is_short_whole_and_final():
    for text in corpus():
        found = readable(text)

        assert bool(found) == bool(text.strip()), text
        assert len(found) <= min(len(text), 120), text
        assert readable(found) == found, text
        # Where a text is nothing but numbers, there is nothing better to show.
        assert not re.search(r"\d{12}", found) or not any(letter.isalpha() for letter in text), text


def test_the_words_that_speak_for_a_category_survive():
    vocabulary = Vocabulary([*standard_keywords.SPENDING.items(), *standard_keywords.INCOME.items()])
    told = [text for text in (*BY_HAND, *corpus()) if vocabulary.suggest(text)]

    assert len(told) > 40
    for text in told:
        found = vocabulary.suggest(readable(text))
        assert found is not None, text
        assert found.category == vocabulary.suggest(text).category, text


PIECES = [
    *(
        "UPI-",
        "UPI/",
        "NEFT ",
        "POS ",
        "SVWZ+",
        "EREF+",
        "Naam: ",
        "IBAN: ",
        "DE: ",
        "/NAME/",
        "*",
        "**1234",
        "SQ *",
        "-",
    ),
    *(
        "412345678901",
        "12/03",
        "14:25 UHR",
        "2026-03-01",
        "SWIGGY",
        "Bengaluru",
        "IN",
        "GBR",
        "//X/DE",
        "@ybl",
        "   ",
        "ß",
    ),
    *(
        "VIR ",
        "TRF P/",
        "[PR]",
        "12MAR",
        " , ",
        "x;y",
        "'",
        "PRZELEW",
        "pago:",
        " on 12 MAR",
        "SI SGP",
        "Místo: ",
        "CAPE TOWN",
    ),
    *("PURCHASE", "CARD 1234", "İ", "ŉ", "ﬁ", "MCDONALD'S", "O'", "e.V.", ", ", ";", "#", "_", "KARTENZAHLUNG", "A"),
]
texts = st.one_of(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join), st.text()
)


@settings(deadline=None, max_examples=400)
@given(text=texts)
@example(text="UPI/" * 200)
@example(text="A-" * 300)
def test_no_text_is_emptied_lengthened_or_read_differently_twice(text):
    found = readable(text)

    assert bool(found) == bool(text.split())
    assert len(found) <= len(text)
    assert readable(found) == found


@pytest.mark.parametrize(
    "piece", ["a", " ", "1", "UPI-", "/", "* ", "Naam: ", "x*", "DE: ", "12/12 PURCHASE", "//", "SVWZ+"]
)
def test_a_very_long_text_takes_no_longer_than_a_page_may(piece):
    started = time.perf_counter()

    readable(piece * 200_000)

    assert time.perf_counter() - started < 1
