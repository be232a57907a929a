"""Words that stand in bank texts and say nothing about whom the money went to; and how to write those that stay."""


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


# What banks print in front of the payee.
OPENERS = _phrases(
    """
    purchase authorized on, recurring payment authorized on, recurring payment, pos merchandise, pos debit, pos
    purchase, pos withdrawal, pos transaction, pos prch, pos, pos refund, pos return, debit card purchase, debit card
    payment, credit card purchase, card purchase, card payment to, card payment, purchase, miscellaneous payments, card
    transaction, checkcard, check card, contactless payment, contactless, visa debit, visa purchase, visa pos, eftpos,
    eftpos debit, direct debit, ach debit, ach credit, preauthorized debit, pre-authorized debit, ecom, dbt crd, debit
    crd, int'l pos, bill payment to, bill payment, online banking payment to, zelle payment to, zelle payment from,
    zelle to, kartenzahlung, kartenverfügung, girocard, ec-kartenzahlung, sepa-lastschrift, sepa lastschrift,
    folgelastschrift, erstlastschrift, basislastschrift, lastschrift, sepa-überweisung, überweisung an, sepa-gutschrift,
    gutschrift von, kauf, einkauf, zahlung an, maestro-zahlung, debitkarte, betaalautomaat, betaling, betalingskort,
    betalpas, bancontact, ideal betaling, incasso, sepa incasso algemeen doorlopend, sepa overboeking, sepa ideal, bea,
    gea, giro, pinbetaling, paiement par carte, paiement par, paiement carte, paiement cb, paiement psc, paiement, achat
    cb, achat carte, facture carte, carte, cb, prlv sepa, prélèvement sepa, prelevement, vir sepa recu, vir sepa, vir
    recu, vir inst, virement sepa, virement, retrait dab, compra con tarjeta, compra tarjeta, pago con tarjeta, pago en,
    compra en, compra com cartão, compra no débito, compra, pagamento pos, pagamento con carta, pagamento carta,
    pagamento, addebito diretto, addebito sdd, acquisto, platba kartou, platba, nákup, płatność kartą, platnosc karta,
    zakup przy użyciu karty, zakup karta, zakup, kártyás vásárlás, vásárlás, kortköp, kortkøb, dankort-nota, dankort,
    visa/dankort, varekjøp, visa varekøb, visa varekjøp, kjøp, korttiosto, osto, tegenrekening, оплата товаров и услуг,
    оплата, покупка, карта, vir, vir inst recu, virement recu, virement de, virement recu de, virement en votre faveur,
    virement inst recu, paiement avec la carte de debit numero, paiement avec la carte de debit, facture carte du, prlv,
    kauf/dienstleistung, gutschrift, lohn/gehalt, bea betaalpas, betaalpas, gea betaalpas, kupovina,
    plata la pos, デビット,
    visaデビット, tfi, trf, trf p/, trf de, transferência recebida pelo pix,
    transferência enviada pelo pix, transferencia
    recebida pelo pix, transferencia enviada pelo pix, pix recebido de, pix recebido, pix enviado para, pix enviado, pix
    - recebido, pix - enviado, transf pix rem, transf pix des, transf pix, compra cartao debito visa electron, compra
    cartao debito mastercard, compra en establecimiento, compra tarj, vdp, vdc, vda, d/d, d/c from, d/c, card
    transaction issued by, received money from, sent money to, paid to, received from, merchant payment to, merchant
    payment online to, customer transfer to, pay bill to, pay bill online to, web authorized pmt, debit card purchase
    at, dbt purchase on, dbt purchase, ach payment, direct deposit: from, pos purchase settlement, acb credit
    settlement, acb credit, sale debit, ibk fund tfr fr a/c, ibk fund tfr to a/c, trsf e-banking db, trsf e-banking cr,
    kr otomatis, db otomatis, thanh toan pos, neft, imps, rtgs, pago:,
    traspaso de:, traspaso a:, epos, cr to, 365 online
    """
)
# What banks print behind the payee, with all that follows; and kinds of payments at the very end.
TAILS = _phrases(
    """
    end-to-end-ref, data transakcji:, valoare tranzactie:, carte numero, from card#, miasto:,
    - visa purchase, - eftpos purchase, - osko payment, - direct debit, si sgp
    """
)
LAST_KINDS = _phrases(
    """
    zakup przy użyciu karty, przelew przychodzący, przelew wychodzący, przelew wewnętrzny, przelew zewnętrzny,
    przelew, kartenzahlung, kortköp, kortkøb, korttiosto
    """
)
# A text with a tail has one of these, in small letters.
MARKS_OF_TAILS = (
    *(phrase.lstrip("- ") for phrase in TAILS),
    *dict.fromkeys(phrase.split()[0] for phrase in LAST_KINDS),
    *(" /", " fact ", " dato ", " on ", ".um", "- receipt "),
)
# What may not stand alone when the word before it is gone: Pagamento recebido.
UNFINISHED = frozenset(
    _several("recebido recebida recu reçu received recibido recibida ricevuto effettuato efetuado emis émis permanent")
)
# Numbers that are part of a name.
NAMES_WITH_NUMBERS = frozenset({("rema", "1000")})
# They are names as well, unless a bank shouts them: Vir Singh.
LOUD_OPENERS = frozenset({"vir", "epos", "tfi", "trf", "vda"})
# Wallets and tills that stand before the shop's own name: SQ *COFFEE.
TILLS = frozenset(_several("sq squ paypal pp sumup iz izettle zettle sp tst cko ppl pypl gosq fs wpy ls"))

# Rails on which money moves; what follows is cut into fields.
RAILS = _several("upi neft imps rtgs ach nach ecs mmt inb bil billpay ib mb iconn vps ips")
RAIL_NOISE = frozenset(
    _several(
        """
    upi neft imps rtgs ach nach ecs mmt inb bil ib mb dr cr d c p2a p2m p2p p2pay pay payment paid collect
    mandate na null none ref refno reference txn transfer by to from online onl bank mob mobile net banking tp ok
    sent using via paytm phonepe gpay googlepay bhim cred yesb hdfc sbin utib icic pytm kkbk punb barb airp phone
    razorpay u ltd limited ybl okaxis oksbi okicici okhdfcbank axl ibl apl cnrb ubin ioba idib mahb bkid fdrl
    indb ratn aubl ideb jaka karb kvbl sibl tmbl cbin icici axis sbi kotak
    """
    )
)

# Labels in front of a value: whose names to keep, what it was for, and what is noise.
NAME_LABELS = _phrases(
    """
    nazwa nadawcy, nazwa odbiorcy, lokalizacja: adres, místo, zahlungspflichtiger, zahlungsempfänger, auftraggeber,
    empfänger, begünstigter, naam tegenpartij, naam, name, beneficiary, payee, bénéficiaire, beneficiario, ordenante,
    nazwa
    """
)
PURPOSE_LABELS = _phrases(
    """
    omschrijving, buchungstext, verwendungszweck, svwz+, motif, concepto, causale, des, betreft, tytuł,
    descrizione
    """
)
NOISE_LABELS = _phrases(
    """
    adres nadawcy, adres odbiorcy, rachunek nadawcy, rachunek odbiorcy, lokalizacja, miasto, kraj, kto/iban, blz/bic,
    kto, blz, iban, bic, valutadatum, kenmerk, machtiging id, incassant id, mandaatid, mandat, mandatsref, gläubiger-id,
    end-to-end-ref, end-to-end, eref+, kref+, mref+, cred+, debt+, abwa+, iban+, bic+, anam+, wpknr, isin, ppd id, web
    id, tel id, ccd id, co id, indn, id, ref no, ref, provenance, referenz, reference, referencia, auth code, auth, txn
    id, transactienr, betalingskenm, betalingskenmerk, kd-nr, rg-nr, rechnungsnr, rechnungsnummer, kundennummer, tan
    """
)

CITIES = frozenset(
    _several(
        """
    london manchester birmingham leeds glasgow edinburgh bristol liverpool dublin cork belfast cardiff paris lyon
    marseille toulouse nice lille bordeaux berlin hamburg münchen muenchen munich köln koeln cologne frankfurt stuttgart
    düsseldorf duesseldorf leipzig dresden hannover bremen nürnberg amsterdam rotterdam utrecht eindhoven leiden katwijk
    brussel bruxelles antwerpen gent luxembourg wien vienna graz zürich zuerich zurich geneve genève basel bern milano
    roma torino napoli firenze bologna madrid barcelona valencia sevilla lisboa porto warszawa kraków krakow wrocław
    praha brno budapest bratislava oslo stockholm københavn copenhagen helsinki tallinn riga vilnius athens istanbul
    mumbai delhi bengaluru bangalore gurgaon gurugram noida hyderabad chennai kolkata pune ahmedabad jaipur kochi
    lucknow indore surat nagpur thane singapore sydney melbourne brisbane perth auckland toronto vancouver montreal
    chicago seattle boston houston dallas austin atlanta denver richmond phoenix miami dubai doha riyadh cairo lagos
    nairobi johannesburg sofia bucuresti bucharest zagreb beograd ljubljana bogota medellin lima santiago monterrey
    manila jakarta bangkok hanoi antwerp leuven tampere turku bergen trondheim aarhus odense göteborg malmö gdańsk
    poznań łódź warsaw ottawa calgary edmonton winnipeg
    """
    )
)
# Cities of two words, joined by the space between them.
LONG_CITIES = frozenset(
    _phrases(
        """
    cape town, hong kong, san jose, san francisco, san diego, los angeles, las vegas, new york, sao paulo, são paulo,
    rio de janeiro, buenos aires, mexico city, kuala lumpur, abu dhabi, tel aviv, new delhi, navi mumbai, den haag
    """
    )
)
COUNTRIES = frozenset(
    _several(
        """
    gbr gb uk usa deu de fra fr nld nl bel esp es ita ind aut che irl ie lux sgp sg aus au can ca prt pt pol pl cze cz
    hun hu hkg hk rou ro bgr bg hrv are zaf za oh pa mi ut ct nv ky wa va ny tx fl il ga nj az nc tn md mn wi mo dnk dk
    swe se fin fi grc gr us lnd
    """
    )
)
# Countries whose code is a word of its own; only behind a city are they meant.
COUNTRY_WORDS = frozenset(_several("in it be at ch no me is to my so on bc ab qc ma co or ok la id hi ks ia ga sd"))

# Words that are written like this in a name that is otherwise in Title Case.
_NAMES = _several("GmbH mbH Ltd Inc Pvt Co Corp Plc Kft Nv Bv Sa St Dr Mr Mrs Ms Jr Sr No Van Von Des Del Los Las")
_LITTLE = _several("of and the for to at in on de la le du et der die das und y e en di da do dos")
_INITIALS = _several("ATM UPI EMI SIP LIC IRCTC IKEA USA UAE IOF AMC NGO ISP GST TDS FD RD SMS IMAX ING ICICI ABN AOK")
SPELLINGS = {word.casefold(): word for word in (*_NAMES, *_LITTLE, *_INITIALS)}
# What is left hanging when the code behind it is gone.
DANGLING = frozenset(
    _several(
        """
    for to from at ref nr no id via by on de am vom bis um uhr datum und and the der die das in an le la du el
    del von für fuer zu a-nr with txn till ending
    """
    )
)
