"""Full-text search over style codes, titles and descriptions: FTS5 in SQLite, tsvector in PostgreSQL.

SQLite needs a table of its own, written by `update` in the transaction that changed the product (a table rather
than triggers, because Django rebuilds tables when it alters them and would lose triggers). PostgreSQL searches an
expression index and needs no upkeep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection

from parure.web.catalogue.models import Product

__all__ = ["missing", "rebuild", "search", "update"]

_WORD = re.compile(r"\w+", re.UNICODE)
_MAX_WORDS = 16

CREATE_FTS5 = """
CREATE VIRTUAL TABLE catalogue_keywords USING fts5(
    style_code, title, description, tokenize = 'porter unicode61 remove_diacritics 2'
)"""
DROP_FTS5 = "DROP TABLE catalogue_keywords"
_DOCUMENT = """
    setweight(to_tsvector('english', style_code), 'A') ||
    setweight(to_tsvector('english', title), 'B') || setweight(to_tsvector('english', description), 'D')"""
CREATE_GIN = f"CREATE INDEX catalogue_keywords ON catalogue_product USING gin (({_DOCUMENT}))"
DROP_GIN = "DROP INDEX catalogue_keywords"


def search(text: str, *, limit: int) -> list[int]:
    """Ids of live products that hold at least one of the words, most fitting first.

    More of the words beats fewer (both engines rank by that and by rarity); a word also matches by its stem.
    """
    words = _WORD.findall(text)[:_MAX_WORDS]
    if not words:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SEARCH_FTS5, [" OR ".join(f'"{word}"' for word in words), limit])
        else:
            cursor.execute(_SEARCH_GIN, [" | ".join(words), limit])
        return [row[0] for row in cursor.fetchall()]


def update(product: Product) -> None:
    """Bring the full-text table in line with one product."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_keywords WHERE rowid = %s", [product.pk])
        if product.deleted_at is None:
            cursor.execute(
                "INSERT INTO catalogue_keywords(rowid, style_code, title, description) VALUES (%s, %s, %s, %s)",
                [product.pk, product.style_code, product.title, product.description],
            )


def missing() -> int:
    """Products whose presence in the full-text table is wrong either way."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_DISAGREEING)
        return int(cursor.fetchone()[0])


def rebuild(products: Iterable[Product]) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalogue_keywords")
    for product in products:
        update(product)


# bm25 weights per column; smaller is better in FTS5.
_SEARCH_FTS5 = """
SELECT rowid FROM catalogue_keywords WHERE catalogue_keywords MATCH %s
ORDER BY bm25(catalogue_keywords, 8.0, 4.0, 1.0), rowid LIMIT %s"""
_SEARCH_GIN = f"""
SELECT id FROM catalogue_product, to_tsquery('english', %s) AS wanted
WHERE deleted_at IS NULL AND ({_DOCUMENT}) @@ wanted
ORDER BY ts_rank(({_DOCUMENT}), wanted) DESC, id LIMIT %s"""
_DISAGREEING = """
SELECT (SELECT count(*) FROM catalogue_product p WHERE p.deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM catalogue_keywords k WHERE k.rowid = p.id))
     + (SELECT count(*) FROM catalogue_keywords k
        WHERE NOT EXISTS (SELECT 1 FROM catalogue_product p WHERE p.id = k.rowid AND p.deleted_at IS NULL))"""
