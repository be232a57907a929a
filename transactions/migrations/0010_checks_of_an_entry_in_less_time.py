"""What every write of an entry asks the database: the same answers as before, in less time.

A function that is STRICT and holds a CASE is called row by row; without the word, PostgreSQL writes it out where it is
used. NULL in is NULL out all the same: there is no such currency, day or start of a month.
Words of ASCII have no accents to take off. The rule stays ``batua_words``; a test holds the two together.
"""

from importlib import import_module

from django.db import migrations

first = import_module("transactions.migrations.0001_database_functions")
latest = import_module("transactions.migrations.0007_search_words_in_one_expression")

# Nothing but PostgreSQL's own functions, so any search path will do.
SEARCH_WORDS = f"""
CREATE OR REPLACE FUNCTION {latest.SIGNATURE}
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    mark text := household_id || '/';
    words text := lower({latest.TEXT});
BEGIN
    IF octet_length(words) <> char_length(words) THEN
        words := lower(regexp_replace(normalize({latest.TEXT}, NFKD), '[\\u0300-\\u036f]', '', 'g'));
    END IF;
    words := btrim(regexp_replace(words, '[[:space:][:punct:]]+', ' ', 'g'));
    IF words = '' THEN
        RETURN '';
    END IF;
    IF words ~ '[^ ]{{61}}' THEN
        words := regexp_replace(words, '([^ ]{{60}})[^ ]+', '\\1', 'g');
    END IF;
    RETURN array_to_tsvector(string_to_array(mark || replace(words, ' ', ' ' || mark), ' '));
END
$$
"""


def _replaced(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def _called_less(function: str) -> migrations.RunSQL:
    return migrations.RunSQL(_replaced(function).replace(" STRICT", ""), _replaced(function))


class Migration(migrations.Migration):
    dependencies = [("transactions", "0009_wallet_totals")]
    operations = [
        _called_less(first.DECIMALS),
        _called_less(first.MONTH),
        migrations.RunSQL(SEARCH_WORDS, latest.IN_ONE),
        migrations.RunSQL("DROP FUNCTION batua_lexemes(text, text)", latest.LEXEMES),
    ]
