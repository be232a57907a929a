"""The cache in the database, where a limit counts all that it counts in one statement.

Django's own cache asks seven times to count one more, and two who do so at once may count one.
"""

from collections.abc import Sequence

from django.core.cache.backends.db import DatabaseCache
from django.db import connection

# What another release wrote under the same key begins anew, as what is over does.
_COUNT = """
    INSERT INTO batua_cache AS kept (cache_key, value, expires)
    SELECT key, '1', statement_timestamp() + make_interval(secs => %(seconds)s)
    FROM unnest(%(keys)s::text[]) AS key ORDER BY key
    ON CONFLICT (cache_key) DO UPDATE SET
        value = CASE WHEN kept.expires > statement_timestamp() AND kept.value ~ '^[0-9]+$'
                     THEN (kept.value::bigint + 1)::text ELSE '1' END,
        expires = CASE WHEN kept.expires > statement_timestamp() AND kept.value ~ '^[0-9]+$'
                       THEN kept.expires ELSE EXCLUDED.expires END
    RETURNING cache_key, value::bigint
"""
_COUNTED = "SELECT value::bigint FROM batua_cache WHERE cache_key = %s AND expires > statement_timestamp()"
# Waits for nobody, so nobody can wait for it in a ring.
_FORGET = """
    DELETE FROM batua_cache WHERE cache_key IN (
        SELECT cache_key FROM batua_cache WHERE expires <= statement_timestamp() FOR UPDATE SKIP LOCKED
    )
"""


class CountingCache(DatabaseCache):
    """A key that is counted holds digits: it is read by ``counted``, and not by ``get``."""

    def count(self, keys: Sequence[str], seconds: int) -> list[int]:
        """Counts one more of each, for so many seconds from the first; how many there are now. One query.

        The first of a stretch of time takes out what is over, with a second query.
        """
        names = [self.make_and_validate_key(key) for key in keys]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"keys": names, "seconds": seconds})
            counts = dict(cursor.fetchall())
            if 1 in counts.values():
                cursor.execute(_FORGET)
        return [counts[name] for name in names]

    def counted(self, key: str) -> int:
        """How many there are, without counting; one query."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED, [self.make_and_validate_key(key)])
            row = cursor.fetchone()
        return row[0] if row else 0
