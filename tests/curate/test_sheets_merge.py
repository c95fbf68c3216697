"""Sheets that disagree become one record per style, and nobody loses in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("polars")

from parure.curate import Normalisers
from parure.curate.names_text import normal_text, whole
from parure.curate.sheets_codes import read_code
from parure.curate.sheets_readers import price_reader
from parure.curate.sheets_store import CellStore
from parure.intake import discover, plan_import, read_sheet
from parure.intake.prices import read_price
from tests.curate.made_sheets import Shop, words

CODE = {"sku": "style_code"}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def conflicts(shop: Shop, kind: str | None = None) -> list[dict[str, Any]]:
    found = [line for line in shop.report() if line["of"] == "conflict"]
    return [line for line in found if kind in (None, line["kind"])]


def two(shop: Shop, one: str, other: str, columns: dict[str, str]) -> Shop:
    head = ",".join(columns)
    return shop.with_file("erp.csv", f"{head}\n{one}\n", columns).with_file("web.csv", f"{head}\n{other}\n", columns)


def test_the_first_source_wins_and_the_loser_is_told_with_its_row(shop: Shop) -> None:
    shop = two(shop, "AJ-1,Halo ring", "AJ-1,Cluster ring", CODE | {"name": "title"})
    assert shop.merge().row("AJ-1")["title"] == "Halo ring"
    (found,) = conflicts(shop)
    assert found["field"] == "title"
    assert found["won"] == {"source": "erp", "row": 2, "value": "Halo ring", "written": "Halo ring"}
    assert found["lost"] == [{"source": "web", "row": 2, "value": "Cluster ring", "written": "Cluster ring"}]
    assert found["why"] == "erp stands before web here"


def test_precedence_is_per_field(shop: Shop) -> None:
    columns = CODE | {"name": "title", "price": "price", "metal": "attribute:metal"}
    shop = two(shop, "AJ-1,Halo,10.00,gold", "AJ-1,Cluster,12.00,silver", columns)
    stated = "precedence:\n  default: [erp, web]\n  price: [web]\n  attribute:metal: [web, erp]"
    row = Shop(shop.folder, stated, shop.sources).merge().row("AJ-1")
    assert (row["title"], row["price"], row["metal"]) == ("Halo", "12.00", "silver")


def test_an_empty_cell_never_wins(shop: Shop) -> None:
    shop = two(shop, "AJ-1,n/a,-", "AJ-1,Ring,9.50", CODE | {"name": "title", "price": "price"})
    row = shop.merge().row("AJ-1")
    assert (row["title"], row["price"]) == ("Ring", "9.50")
    assert conflicts(shop) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("AJ-1042", "aj1042"), ("AJ-1042", "AJ 1042"), ("ABC00123", "ABC123"), ("AJ-1042", "AJ-1O42"), ("00042", "42")],
)
def test_spellings_of_one_code_are_one_style(shop: Shop, one: str, other: str) -> None:
    merge = two(shop, f"{one},Ring", f"{other},Ring", CODE | {"name": "title"}).merge()
    assert [row["style_code"] for row in merge.rows()] == [one]
    assert merge.rows()[0]["sources"] == "erp; web"
    assert [line["kind"] for line in conflicts(shop)] == ["spelling"]


def test_normalisers_can_be_turned_off(shop: Shop) -> None:
    shop = two(shop, "00042,Ring", "42,Ring", CODE | {"name": "title"})
    merge = Shop(shop.folder, "normalise:\n  leading_zeros: false", shop.sources).merge()
    assert [row["style_code"] for row in merge.rows()] == ["00042", "42"]


def test_two_codes_of_one_sheet_are_never_joined_for_looking_alike(shop: Shop) -> None:
    shop = shop.with_file("erp.csv", "sku,name\nABC0123,Ring\nABC123,Chain\n", CODE | {"name": "title"})
    shop = shop.with_file("web.csv", "sku,note\nabc-123,x\n", CODE | {"note": "text:note"})
    merge = shop.merge()
    assert [(row["style_code"], row["title"], row["note"]) for row in merge.rows()] == [
        ("ABC0123", "Ring", ""),
        ("ABC123", "Chain", "x"),
    ]
    ((reason, detail),) = shop.faults()
    assert reason == "codes_alike"
    assert "erp: ABC0123, ABC123 (row 2, 3)" in detail


def test_the_narrower_word_contradicts_nobody_and_wins(shop: Shop) -> None:
    shop = two(shop, "AJ-1,ring", "AJ-1,solitaire ring", CODE | {"type": "attribute:type"})
    assert shop.merge().row("AJ-1")["type"] == "solitaire_ring"
    (found,) = conflicts(shop)
    assert (found["kind"], found["why"]) == ("wider", "solitaire_ring says what ring says, more exactly")


def test_a_price_without_currency_takes_that_of_an_equal_price(shop: Shop) -> None:
    shop = shop.with_file("erp.csv", "sku,p\nA-1,10.00\nA-2,10.00\n", CODE | {"p": "price"})
    shop = shop.with_file("web.csv", "sku,p\nA-1,10.00 EUR\nA-2,11.00 EUR\n", CODE | {"p": "price"})
    merge = shop.merge()
    assert [(row["price"], row["currency"]) for row in merge.rows()] == [("10.00", "EUR"), ("10.00", "")]
    assert [line["kind"] for line in conflicts(shop)] == ["incomplete", "contradiction"]


def test_words_are_compared_by_meaning_not_by_spelling(shop: Shop) -> None:
    shop = two(
        shop, "A-1,Sterling Silver,Yellow", "A-1,silver 925,yellow", CODE | {"m": "attribute:metal", "t": "title"}
    )
    row = shop.merge().row("A-1")
    assert row["metal"] == "silver"
    assert [line["field"] for line in conflicts(shop)] == []


def test_what_a_metal_cell_implies_gives_way_to_the_column_of_its_own(shop: Shop) -> None:
    columns = CODE | {"metal": "attribute:metal", "colour": "attribute:metal_colour"}
    shop = shop.with_file("erp.csv", "sku,metal,colour\nA-1,18k white gold,rose\nA-2,18k white gold,\n", columns)
    rows = shop.merge().rows()
    assert [(row["metal"], row["metal_colour"], row["purity"]) for row in rows] == [
        ("gold", "rose", "18k"),
        ("gold", "white", "18k"),
    ]


def test_rows_of_one_style_fill_each_other_and_the_first_leads(shop: Shop) -> None:
    columns = CODE | {"t": "title", "img": "photos", "n": "text:note"}
    shop = shop.with_file(
        "erp.csv", "sku,t,img,n\nA-1,Ring,1.jpg,\na1,Chain,2.jpg | 0.jpg,x\nA-1,,1.JPG;2.jpg,\n", columns
    )
    row = shop.merge().row("A-1")
    assert (row["title"], row["photos"], row["note"]) == ("Ring", "1.jpg; 2.jpg; 0.jpg", "x")
    assert "row 2 of erp stands before row 3" in [line["why"] for line in conflicts(shop)]


def test_a_sheet_without_codes_is_joined_by_the_vendors_number(shop: Shop) -> None:
    shop = shop.with_file("vendor.csv", "ref,stone\nvs 1,Ruby\nVS-9,Opal\nVS-2,Pearl\n",
                          {"ref": "vendor_sku", "stone": "attribute:main_stone"})  # fmt: skip
    columns = CODE | {"vendor": "vendor_sku"}
    shop = shop.with_file("erp.csv", "sku,vendor\nA-1,VS-1\nA-2,VS-2\nA-3,VS-2\n", columns)
    assert shop.merge().row("A-1")["main_stone"] == "ruby"
    told = dict(shop.faults())
    assert told["unknown_sku"].startswith("vendor.csv, row 3, column 'ref': no other source knows")
    assert "belongs to A-2, A-3" in told["ambiguous_sku"]


def test_styles_without_photos_and_photos_without_styles_are_listed(shop: Shop) -> None:
    shop = shop.with_file("erp.csv", "sku\nAJ-1042\nAJ-1043\nAJ-1044\n", CODE)
    summary = shop.merge(photos=["AJ-1042_front.jpg", "holiday.jpg", "AJ-1043 AJ-1042.jpg"]).summary
    assert summary.orphans == {"style_without_photos": 2, "photo_in_review": 1, "photo_without_style": 1}
    items = {(line["kind"], line["item"]): line["detail"] for line in shop.report() if line["of"] == "orphan"}
    assert "A photo in review may be one" in items["style_without_photos", "AJ-1043"]
    assert "may be" not in items["style_without_photos", "AJ-1044"]
    assert ("photo_without_style", "holiday.jpg") in items


def test_each_source_is_counted(shop: Shop) -> None:
    shop = shop.with_file("erp.csv", "sku,extra\nA-1,\nA-2,\n", CODE).with_file("web.csv", "sku\nA-2\nA-3\nA-3\n", CODE)
    erp, web = shop.merge().summary.sources
    assert (erp.rows, erp.styles, erp.only_here, erp.unused_columns) == (2, 2, 1, ("extra",))
    assert (web.rows, web.styles, web.only_here) == (3, 2, 1)


@pytest.mark.parametrize("out", ["out.csv", "out.xlsx", "out.parquet", "out.tsv"])
def test_the_import_reads_the_output_back(shop: Shop, out: str) -> None:
    columns = CODE | {"t": "title", "p": "price", "m": "attribute:metal", "d": "date:made", "w": "number:weight_g"}
    shop = shop.with_file(
        "erp.csv", 'sku,t,p,m,d,w\n007,"+Ring, big",€ 1299.50,18k white gold,2024-02-29,2.5 g\n', columns
    )
    shop.merge(out)
    if out.endswith(".parquet"):
        import polars as pl

        frame = pl.read_parquet(shop.folder / out)
        assert frame.schema["price"] == pl.Decimal(38, 2)
        assert frame.schema["made"] == pl.Date
        assert frame.row(0, named=True)["weight_g"] == 2.5
        return
    sheet = read_sheet(shop.folder / out)
    plan = plan_import(discover([]), sheet, None, taxonomy=words())
    (product,) = plan.products
    assert (product.style_code, product.title, str(product.price)) == ("007", "+Ring, big", "1299.50")
    assert product.currency == "EUR"
    assert {(a.attribute, a.value) for a in product.attributes} == {
        ("metal", "gold"),
        ("metal_colour", "white"),
        ("purity", "18k"),
    }
    assert sheet.rows[0].values["made"] == "2024-02-29"
    assert sheet.rows[0].values["weight_g"] == "2.5"
    assert plan.rejected == ()


def test_a_merge_on_disk_says_what_a_merge_in_memory_says(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = CODE | {"t": "title", "m": "attribute:metal"}
    for name, shift in (("erp", 0), ("web", 40), ("old", 90)):
        rows = "".join(f"AJ-{n + shift:04d},Ring {n % 7},{('gold', 'silver')[n % 2]}\n" for n in range(120))
        shop = shop.with_file(f"{name}.csv", "sku,t,m\n" + rows, columns)
    whole = shop.merge()
    lines = {str(line) for line in shop.report()}
    first = (shop.folder / "out.csv").read_bytes()
    small = CellStore.__init__.__kwdefaults__ | {"most": 200, "buckets": 5}
    monkeypatch.setattr(CellStore.__init__, "__kwdefaults__", small)
    assert shop.merge().summary.styles == whole.summary.styles == 210
    assert (shop.folder / "out.csv").read_bytes() == first
    assert {str(line) for line in shop.report()} == lines


@given(st.text(alphabet="AJOIabl019-_ ./ÀАⅣ٤", max_size=14))
def test_codes_have_the_keys_under_which_names_know_them(code: str) -> None:
    read = read_code(code, Normalisers(lookalikes=False))
    if read.code:
        known = whole(normal_text(read.code, unicode=True), fold=True)
        assert (read.strict, read.loose) == (known.key, known.zeros) or not known.key


@given(st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,2})?", fullmatch=True), st.sampled_from([None, "EUR", "KWD"]))
def test_plain_prices_are_read_as_the_import_reads_them(text: str, heading: str | None) -> None:
    ((_, value),) = price_reader(heading)(text).values
    price = read_price(text, currency=heading)
    assert value == f"{price.amount} {price.currency or ''}".strip()
