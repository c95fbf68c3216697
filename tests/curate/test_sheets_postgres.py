"""A table in PostgreSQL is a source like a sheet, and is never written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("polars")
pytest.importorskip("psycopg")

import psycopg

from parure.errors import SheetError
from tests import servers
from tests.curate.made_sheets import Shop

COLUMNS = {"sku": "style_code", "price": "price", "made": "date:made", "tags": "attribute:metal"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.postgres(tmp_path_factory.mktemp("postgres")) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE styles (sku text, price numeric(10,2), made timestamp, tags text[])")
            connection.execute(
                "INSERT INTO styles SELECT 'AJ-' || n, n, '2024-01-31', '{gold}' FROM generate_series(1, 50000) n"
            )
        yield url


@pytest.mark.postgres
def test_a_table_is_read_in_portions(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_URL", url.removeprefix("postgresql://"))
    merge = Shop(tmp_path).with_source("db", COLUMNS, sql="postgresql://${SHOP_URL}").merge()
    assert merge.summary.sources[0].rows == 50_000
    row = merge.row("AJ-42")
    assert (row["price"], row["made"], row["metal"]) == ("42.00", "2024-01-31", "gold")


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("says", "message"),
    [({"table": "pieces"}, 'relation "pieces" does not exist'), ({"query": "DELETE FROM styles"}, "does not answer")],
)
def test_what_the_server_refuses_is_told(tmp_path: Path, url: str, says: dict[str, str], message: str) -> None:
    with pytest.raises(SheetError, match=message):
        Shop(tmp_path).with_source("db", COLUMNS, sql=url, **says).merge()


@pytest.mark.postgres
def test_a_password_is_in_no_message(tmp_path: Path, url: str) -> None:
    closed = f"postgresql://me:secret@127.0.0.1:{servers.free_port()}/shop"
    with pytest.raises(SheetError) as caught:
        Shop(tmp_path).with_source("db", COLUMNS, sql=closed).merge()
    assert "me:***@" in str(caught.value)
    assert "secret" not in str(caught.value)
