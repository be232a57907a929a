"""Names of columns that became known when lines were already kept with these columns among their words.

They tell what a column holds and leave the words of its lines alone (see ``wording``), so that a file that was
imported before is not new.
"""

from types import MappingProxyType

from transactions.importers.vocabulary import Role, names

# Where the money went, by its name; and what is called so when nothing better is there.
PARTIES = names(
    """supplierfound, obchodní místo, název obchodníka, other party, op name, partner elnevezése,
    názov účtu protistrany, názov protistrany, nom de la contrepartie, naam van de tegenpartij,
    이용하신곳, 이용가맹점, 보낸분 받는분, 거래기록사항, 取引先, ご利用場所, ご利用箇所,
    상대계좌예금주명, 상대예금주명, 商户名称, 对方账户名称, 对方户名,
    对方账号与户名, שם בית עסק, שם בית העסק, פרטים, รายละเอียด,
    empfängername, zahlungsempfängername, auftraggebername, наредител получател, đối tác"""
)
PURPOSES = names(
    """av pole 1, transaktionstext, paskirtis, popis pro příjemce, 交易说明, 商品名称, 交易地点 附言, 備註, 적요내용"""
)

LATER_NAMES = MappingProxyType(
    {
        Role.DATE: names("이용일, 이용일자, 승인일자, 승인일, 승인일시, תאריך רכישה, תאריך עסקה"),
        Role.AMOUNT: names("국내이용금액, 이용금액, 승인금액, סכום חיוב, 新臺幣金額, 新台幣金額, 臺幣金額, 台幣金額"),
        Role.DEBIT: names("исплата, задужење, ご利用額, 提款金額, 提出金額, 提"),
        Role.CREDIT: names("уплата, одобрење, 払戻額, 存款金額, 存"),
        Role.BALANCE: names(
            """accountbalance, 餘額, 帳戶餘額, 帳面餘額, 結餘, 結存, 結存金額, الرصيد بعد العملية, คงเหลือ,
            ยอดเงินคงเหลือ, салдо, стање"""
        ),
        Role.CURRENCY: names(
            """měna účtu, mena účtu, devise du compte, posted currency, local currency type, billing currency,
            összeg devizaneme, könyvelési deviza, card currency, txn currency funding card, payment currency,
            currency of account, moneda de la cuenta, valuta conto, valuutta,
            valiuta, whg, валюта рахунку"""
        ),
        Role.ACCOUNT: names(
            """posted account, accountnum, accountnumber, accountname, accountlabel, nom du compte,
            numer rachunku karty, číslo účtu, könyvelési számla, bank account, wallet, 保有金融機関, kontonavn,
            kontonamn, referenzkonto, sąskaita, conta"""
        ),
        Role.CATEGORY: names("budgetgrupp, analyse hauptkategorie"),
        Role.SUBCATEGORY: names(
            """subcategory, sub category, sous catégorie, unterkategorie, subcategoría, subcategoria, sottocategoria,
            subcategorie, podkategoria, podkategorie, underkategori, カテゴリの内訳, analyse unterkategorie"""
        ),
    }
)
