import pytest

from transactions.importers import text
from transactions.importers.base import StatementError


@pytest.mark.parametrize(
    ("words", "codec", "name"),
    [
        ("Date,Amount", "ascii", "ascii"),
        ("Café", "utf-8", "utf-8"),
        ("Café", "utf-8-sig", "utf-8-sig"),
        ("Café", "utf-16", "utf-16-le"),
        ("Date,Café", "utf-16-le", "utf-16-le"),
        ("Date,Café", "utf-16-be", "utf-16-be"),
        ("Café Müller", "cp1252", "iso-8859-1"),
        ("Café “Müller” – 5 €", "cp1252", "windows-1252"),
        ("10 € für", "iso-8859-15", "iso-8859-15"),
        ("Příjem", "cp1250", "windows-1250"),
        ("1 299,00 zł", "cp1250", "windows-1250"),
        ("Čaj šťastný", "iso-8859-2", "iso-8859-2"),
        ("Összeg őű", "cp1250", "windows-1250"),
        ("Şişli ığ", "cp1254", "windows-1254"),
        ("Перевод", "cp1251", "windows-1251"),
        ("ПЕРЕВОД СРЕДСТВ", "cp1251", "windows-1251"),
        ("Θεσσαλονίκη", "cp1253", "windows-1253"),
        ("תשלום", "cp1255", "windows-1255"),
        ("שופרסל,רמי לוי,סופר פארם", "cp1255", "windows-1255"),
        ("100 грн,200 грн", "cp1251", "windows-1251"),
        ("кофейня,аптека,продукты", "cp1251", "windows-1251"),
        ("Retrait à l’Est", "cp1252", "windows-1252"),
        ("à l’Est,à l’Ouest,à pied", "cp1252", "windows-1252"),
        ("CARTE L’OREAL D’AIX", "cp1252", "windows-1252"),
        ("V店A 給与 振込手数料 セブン", "cp932", "shift_jis"),
        ("크리어,마셜 제도,바푸트어", "cp949", "euc-kr"),
        ("Москва,Тула", "cp866", "cp866"),
        ("ร้านเซเว่น,เงินเดือน", "cp874", "windows-874"),
        ("دفع فاتورة", "cp1256", "windows-1256"),
        ("التاريخ,البيان,المبلغ", "cp1256", "windows-1256"),
        ("תאריך,תיאור,יתרה", "cp1255", "windows-1255"),
        ("วันที่,รายการ", "cp874", "windows-874"),
        ("支出 收入 交易时间", "gb18030", "gb18030"),
        ("お支払金額 セブン", "cp932", "shift_jis"),
        ("이체 입금", "euc-kr", "euc-kr"),
        ("거래일시,적요,보낸분,출금액,입금액,잔액 쿠팡 햏", "cp949", "euc-kr"),
        ("交易日期,摘要,支出金額,存入金額,餘額", "cp950", "big5"),
        ("現金提款 薪資轉帳", "cp950", "big5"),
        ("交易日期,摘要,支出金额,存入金额,余额", "gb18030", "gb18030"),
        ("ŞİŞLİ MİGROS ALIŞVERİŞ", "cp1254", "windows-1254"),
        ("İşlem Tutarı", "cp1254", "windows-1254"),
        ("Þórður og Ýmir", "cp1252", "iso-8859-1"),
        ("Магазин Пятёрочка", "koi8-r", "koi8-r"),
        ("Дата,Сума,Київ", "koi8-u", "koi8-r"),
        ("Дата операции", "cp866", "cp866"),
        ("ДАТА,НАЗНАЧЕНИЕ ПЛАТЕЖА,СУММА", "koi8-r", "koi8-r"),
        ("КОМИССИЯ БАНКА,ОПЛАТА ТОВАРОВ,СНЯТИЕ НАЛИЧНЫХ", "koi8-r", "koi8-r"),
        ("КОМИССИЯ БАНКА,ОПЛАТА ТОВАРОВ,СНЯТИЕ НАЛИЧНЫХ", "cp1251", "windows-1251"),
        ("дата,назначение платежа,сумма", "koi8-r", "koi8-r"),
        ("ООО СТРОЙТРЕСТ,НДС 20,ЗП", "cp1251", "windows-1251"),
        ("日付,内容,出金額 電気料金 コンビニエンスストア", "euc_jp", "euc-jp"),
        ("お振込 ヤマダタロウ,ＡＴＭ 手数料", "euc_jp", "euc-jp"),
    ],
)
def test_the_character_set_is_the_one_whose_alphabet_explains_the_letters(words, codec, name):
    decoded = text.decode(words.encode(codec))

    assert (decoded.text, decoded.encoding, decoded.lost) == (words, name, 0)


def test_letters_far_down_in_the_file_are_found():
    rows = "2026-03-01,Shop,-1.00\n" * 5000

    assert text.decode((rows + "2026-03-01,Příjem,1.00\n").encode("cp1250")).encoding == "windows-1250"


def test_utf8_cut_within_a_letter_is_still_utf8_and_says_what_was_lost():
    decoded = text.decode("Crème brûlée, café, thé, pâté, gâteau".encode() + "é".encode()[:1])

    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("Crème brûlée")
    assert decoded.lost == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02\x03" * 50,
        b"a\x00b,c\x00\x00d",
        b"\x00" * 50,
        b"a,b\n" * 99 + b"\x00,\n" * 20,
        bytes(range(1, 32)) * 20,
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(StatementError, match="not text"):
        text.decode(content)
