"""Functions of the database that tables, constraints and triggers are built on.

Bodies are SQL-standard (parsed when created), so a dump restores them under any search path.
"""

from django.db import migrations

# Babel's table of decimals (CLDR), as a test compares it: currencies with other than two.
DECIMALS = """
CREATE FUNCTION batua_currency_decimals(currency text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN currency IN ({none}) THEN 0
    WHEN currency IN ({three}) THEN 3
    WHEN currency IN ({four}) THEN 4
    ELSE 2
END;
"""

# The first of the calendar month that names the household's month: a start up to the 15th names it after the month
# it begins in, a later one after the month it ends in. batua.periods.month_of is the same rule; a test compares them.
MONTH = """
CREATE FUNCTION batua_month(day date, month_start integer) RETURNS date
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (date_trunc('month', day::timestamp) + make_interval(months =>
    CASE WHEN extract(day FROM day) >= month_start THEN 0 ELSE -1 END
    + CASE WHEN month_start > 15 THEN 1 ELSE 0 END))::date;
"""

FOLD = """
CREATE FUNCTION batua_fold(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(normalize(words, NFKD), '[\\u0300-\\u036f]', '', 'g'));
"""

# Split at white space and punctuation, not at what is no letter: Devanagari's vowel signs are no letters.
# A lexeme holds at most 2,046 bytes, so long words are cut, here and in a query alike.
WORDS = """
CREATE FUNCTION batua_words(household_id bigint, words text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT household_id || '/' || left(word, 60)), '{}')
    FROM unnest(string_to_array(
        btrim(regexp_replace(batua_fold(coalesce(words, '')), '[[:space:][:punct:]]+', ' ', 'g')), ' ')) AS word
    WHERE word <> ''
);
"""

SEARCH_WORDS = """
CREATE FUNCTION batua_search_words(household_id bigint, note text, comment text, bank_text text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(batua_words(household_id, coalesce(note, '') || ' ' || coalesce(comment, '') || ' ' || coalesce(bank_text, '')));
"""

SEARCH_QUERY = """
CREATE FUNCTION batua_search_query(household_id bigint, words text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg('''' || word || ''':*', ' & '), '')::tsquery
    FROM unnest(batua_words(household_id, words)) AS word
);
"""


def _listed(*codes: str) -> str:
    return ", ".join(f"'{code}'" for code in codes)


NO_DECIMALS = (
    "ADP AFN ALL BIF BYR CLP DJF ESP GNF IQD IRR ISK ITL JPY KMF KPW KRW LAK LBP LUF MGA MGF MMK MRO PYG "
    "RSD RWF SLL SOS STD SYP TMM TRL UGX UYI VND VUV XAF XOF XPF YER ZMK ZWD "
)

DECIMALS = DECIMALS.format(
    none=_listed(*NO_DECIMALS.split()),
    three=_listed(*["BHD", "JOD", "KWD", "LYD", "OMR", "TND"]),
    four=_listed(*["CLF", "UYW"]),
)


def _function(sql: str, signature: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION {signature}")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0002_households_delete_their_members")]
    operations = [
        _function(DECIMALS, "batua_currency_decimals(text)"),
        _function(MONTH, "batua_month(date, integer)"),
        _function(FOLD, "batua_fold(text)"),
        _function(WORDS, "batua_words(bigint, text)"),
        _function(SEARCH_WORDS, "batua_search_words(bigint, text, text, text)"),
        _function(SEARCH_QUERY, "batua_search_query(bigint, text)"),
    ]
