"""Tables of a database as a source: SQLite and PostgreSQL in portions, others through what Polars can reach.

Nothing is ever written: SQLite files are opened read-only, PostgreSQL in a read-only transaction. `${NAME}` in an
address is taken from the environment, so that a map holds no password; messages show none either.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from parure.curate.sheets_map import Source
from parure.curate.sheets_polars import pl
from parure.errors import MissingExtra, SheetError

__all__ = ["Database", "open_database"]

_PORTION = 20_000  # rows
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")
_OTHERS = ("mysql", "mssql", "oracle", "redshift", "clickhouse", "bigquery", "trino")

_Portions = Iterator[Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Database:
    """An answer under way. `place` is what messages call it; `close` may be called at any time, and again."""

    place: str
    columns: tuple[str, ...]
    portions: _Portions
    close: Callable[[], None]


def open_database(source: Source, base: Path) -> Database:
    """Raises `SheetError`; `MissingExtra` without the driver for PostgreSQL."""
    url = _with_environment(source)
    scheme = url.partition(":")[0].lower()
    place = f"{source.name} ({_masked(url)})"
    if scheme == "sqlite":
        return _sqlite(source, url, base, place)
    if scheme in {"postgres", "postgresql"}:
        return _postgres(source, url, place)
    if scheme in _OTHERS:
        return _through_polars(source, url, place)
    known = ", ".join(("sqlite", "postgresql", *_OTHERS))
    raise SheetError(f"{source.where}: {place} is of no kind Parure can ask. An address begins with: {known}.")


def _masked(text: str) -> str:
    return _PASSWORD.sub(r"\1:***@", text)


def _with_environment(source: Source) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in os.environ:
            raise SheetError(
                f"{source.where}: {source.name} needs the environment variable {match[1]}, which is not set."
            )
        return os.environ[match[1]]

    return re.sub(r"\$\{(\w+)\}", value, source.sql or "")


def _query(source: Source, tables: Sequence[str], place: str) -> str:
    if source.query:
        return source.query
    named = source.table or (tables[0] if len(tables) == 1 else None)
    if named is None or (tables and named not in tables):
        said = f"has no table {named!r}" if named else "has several tables; say `table:` or `query:`"
        raise SheetError(f"{place} {said}. It has: {', '.join(tables[:12]) or 'none'}.")
    quoted = ".".join('"' + part.replace('"', '""') + '"' for part in named.split("."))
    return f"SELECT * FROM {quoted}"


def _sqlite(source: Source, url: str, base: Path, place: str) -> Database:
    path = base / url.partition(":")[2].removeprefix("//").removeprefix("/")
    if url.startswith("sqlite:////"):
        path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file():
        raise SheetError(f"{place}: there is no file {path}. A relative path starts at the map's folder.")
    with ExitStack() as stack:
        try:
            connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
            stack.callback(connection.close)
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
            tables = [name for (name,) in names if not name.startswith("sqlite_")]
            cursor = connection.execute(_query(source, tables, place))
        except sqlite3.Error as error:
            raise _refused(place, error) from error
        columns = _distinct(column[0] for column in cursor.description)
        return Database(place, columns, _fetched(cursor, place), stack.pop_all().close)


def _postgres(source: Source, url: str, place: str) -> Database:
    try:
        import psycopg
    except ImportError as error:
        raise MissingExtra("Reading sheets from PostgreSQL", "postgres") from error
    with ExitStack() as stack:
        try:
            connection = psycopg.connect(url, options="-c default_transaction_read_only=on")
            stack.callback(connection.close)
            listed = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            tables = [] if source.query or source.table else [name for (name,) in connection.execute(listed)]
            cursor = connection.cursor(name="parure")  # on the server: portions come as they are asked for
            stack.callback(cursor.close)
            cursor.execute(_query(source, tables, place).encode())
            columns = _distinct(column.name for column in cursor.description or ())
        except psycopg.Error as error:
            raise _refused(place, error) from error
        return Database(place, columns, _fetched(cursor, place), stack.pop_all().close)


def _fetched(cursor: Any, place: str) -> _Portions:
    try:
        while rows := cursor.fetchmany(_PORTION):
            yield rows
    except Exception as error:  # each driver has a tree of its own
        raise _refused(place, error) from error


def _through_polars(source: Source, url: str, place: str) -> Database:
    """All at once: what Polars reads addresses with knows no portions."""
    try:
        frame = pl.read_database_uri(_query(source, (), place), url)
    except ModuleNotFoundError as error:
        raise SheetError(f"{place} needs a driver. Install it with: pip install connectorx pyarrow") from error
    except Exception as error:  # whatever the driver stumbles over
        raise _refused(place, error) from error
    portions = (piece.rows() for piece in frame.iter_slices(_PORTION))
    return Database(place, tuple(frame.columns), portions, lambda: None)


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    """A query may give one name twice; the later one is told apart as in a sheet."""
    taken: dict[str, None] = {}
    for name in names:
        count, free = 1, name
        while free in taken:
            count += 1
            free = f"{name} ({count})"
        taken[free] = None
    return tuple(taken)


def _refused(place: str, error: Exception) -> SheetError:
    told = _masked(" ".join(str(error).split())[:200])
    return SheetError(f"{place} does not answer ({told}). Check address, table and query.")
