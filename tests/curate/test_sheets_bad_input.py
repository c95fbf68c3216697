"""What goes wrong with sheets has a line that names file, row and column, and says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import openpyxl
import pytest

pytest.importorskip("polars")

import polars as pl

from parure.errors import IntakeError, SheetError, StorageFull
from tests.curate.made_sheets import Shop

CODE = {"sku": "style_code"}
GOOD = "sku,t\nA-1,Ring\n"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path).with_file("good.csv", GOOD, CODE | {"t": "title"})


def broken(shop: Shop) -> str:
    """The message of a merge that must not happen; the report says it, too, and no sheet is written."""
    with pytest.raises(SheetError) as caught:
        shop.merge()
    assert not (shop.folder / "out.csv").exists()
    assert [reason for reason, _ in shop.faults()] == ["unreadable_source"]
    assert shop.faults()[0][1] in str(caught.value)
    return str(caught.value)


def test_a_sheet_without_the_key_column(shop: Shop) -> None:
    told = broken(shop.with_file("bad.csv", "code,t\nA-1,Ring\n", CODE | {"t": "title"}))
    assert "bad: bad.csv has no column 'sku' (map.yaml, line" in told
    assert "'sku' holds the style codes, so no row can be joined. It has: code, t." in told


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.csv", "", "bad.csv is empty"),
        ("bad.csv", "sku,t\n", "has column names and no rows below them"),
        ("bad.csv", ",,\n,,\n", "holds no cells with text"),
        ("bad.xlsx", b"PK\x03\x04 not a workbook", "damaged or not a workbook"),
        ("bad.parquet", b"PAR1 not parquet", "bad.parquet is damaged or not Parquet"),
        ("bad.parquet", "sku,t\n", "is not Parquet, whatever its ending"),
        ("bad.xls", b"\xd0\xcf\x11\xe0", "is an old Excel file"),
    ],
)
def test_an_empty_or_damaged_sheet(shop: Shop, name: str, content: str | bytes, message: str) -> None:
    assert message in broken(shop.with_file(name, content, CODE))


def test_all_broken_sheets_are_told_at_once_and_can_be_left_out(shop: Shop) -> None:
    shop = shop.with_file("one.csv", "", CODE).with_file("two.csv", "code\nA\n", CODE)
    with pytest.raises(SheetError, match=r"(?s)one: one\.csv.*two: two\.csv.*--without-broken"):
        shop.merge()
    merge = shop.merge(without_broken=True)
    assert [row["title"] for row in merge.rows()] == ["Ring"]
    assert merge.summary.faults == {"unreadable_source": 2}


def test_a_missing_file(shop: Shop) -> None:
    assert "gone.csv cannot be read (No such file" in broken(shop.with_source("gone", CODE, file="gone.csv"))


def test_formulas(shop: Shop) -> None:
    columns = CODE | {"t": "title", "p": "price"}
    text = 'sku,t,p\n"=""00123""",Ring,=A1*2\n=B7,Chain,5\nA-3,"\'=sum of parts",6.00\n'
    rows = shop.with_file("f.csv", text, columns).merge().rows()
    assert [(row["style_code"], row["title"], row["price"]) for row in rows[:1]] == [("00123", "Ring", "")]
    assert rows[2]["title"] == "'=sum of parts"  # guarded again, as a spreadsheet would run it
    told = [detail for reason, detail in shop.faults() if reason == "formula"]
    assert "f.csv, row 3, column 'sku': '=B7' is a formula. Save the sheet with its results." in told
    assert any(text.startswith("f.csv, row 2, column 'p': '=A1*2' is a formula nobody calculated.") for text in told)


def workbook(path: Path, *rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_merged_cells_and_formulas_of_a_workbook(shop: Shop) -> None:
    path = shop.folder / "b.xlsx"
    book = workbook(path, ["sku", "t", "n"], ["B-1", "Ring", "=1+1"], ["B-2", None, 4])
    book.active.merge_cells("B2:B3")
    book.save(path)
    rows = shop.with_source("b", CODE | {"t": "title", "n": "number:n"}, file="b.xlsx").merge().rows()
    assert [(row["title"], row["n"]) for row in rows[1:]] == [("Ring", ""), ("Ring", "4")]
    notes = " ".join(detail for reason, detail in shop.faults() if reason == "note")
    assert "b.xlsx: Cells merged over several rows (1) count as if each held the value: B2:B3." in notes
    assert "Formulas without a stored result (1) count as empty: C2." in notes


def test_dates_as_numbers_and_dates_of_two_meanings(shop: Shop) -> None:
    days = ("45292", "03/04/2024", "31/12/2024", "soon", "31.02.2024", "5 March 2024", "2024-01-02T10:00")
    text = "sku,d\n" + "".join(f"D-{number},{day}\n" for number, day in enumerate(days, start=1))
    rows = {
        row["style_code"]: row["made"]
        for row in shop.with_file("d.csv", text, CODE | {"d": "date:made"}).merge().rows()
    }
    assert rows == {
        "A-1": "", "D-1": "2024-01-01", "D-2": "", "D-3": "2024-12-31", "D-4": "", "D-5": "", "D-6": "2024-03-05",
        "D-7": "2024-01-02",
    }  # fmt: skip
    told = shop.faults()
    assert [reason for reason, _ in told] == ["date_as_number", "bad_date", "bad_date", "bad_date"]
    assert told[0][1].startswith(
        "d.csv, row 2, column 'd': 45292 is a date stored as a number; it was read as 2024-01-01"
    )
    assert "row 3" in told[1][1]
    assert "`dates: dmy` or `dates: mdy`" in told[1][1]


@pytest.mark.parametrize(("order", "day"), [("dmy", "2024-04-03"), ("mdy", "2024-03-04")])
def test_the_map_says_which_comes_first(shop: Shop, order: str, day: str) -> None:
    shop = shop.with_file("d.csv", "sku,d\nA-1,03/04/2024\n", CODE | {"d": "date:made"}, dates=order)
    assert shop.merge().row("A-1")["made"] == day


def test_codes_that_a_spreadsheet_spoilt(shop: Shop) -> None:
    text = "sku,t\n2024-10-01,Ring\n1.04E+12,Chain\n,Bangle\n,\nA\tB,Cuff\n" + "x" * 101 + ",Torc\n"
    codes = [row["style_code"] for row in shop.with_file("c.csv", text, CODE | {"t": "title"}).merge().rows()]
    assert codes == ["2024-10-01", "A-1"]
    told = dict(shop.faults())
    assert told["code_is_a_date"].startswith("c.csv, row 2, column 'sku': 2024-10-01 is perhaps a code")
    assert "Format the column as text" in told["shortened_code"]
    assert told["no_style_code"].startswith("c.csv, row 4, ")
    assert {"bad_style_code", "long_style_code"} <= told.keys()
    assert len(shop.faults()) == 5  # the row without any text says nothing


def test_columns_of_one_name_are_told_apart(shop: Shop) -> None:
    columns = CODE | {"price": "price", "price (2)": "number:cost"}
    row = shop.with_file("p.csv", "sku,price,price\nA-1,9.00,5\n", columns).merge().row("A-1")
    assert (row["price"], row["cost"]) == ("9.00", "5")
    assert ("note", "p.csv: Two columns are called 'price'; the later one is read as 'price (2)'.") in shop.faults()


def test_columns_of_one_name_in_a_query(shop: Shop) -> None:
    with sqlite3.connect(shop.folder / "s.db") as database:
        database.execute("CREATE TABLE t (sku TEXT, price)")
        database.execute("INSERT INTO t VALUES ('A-1', 9.5)")
    database.close()
    columns = CODE | {"price": "price", "price (2)": "number:cost"}
    query = "SELECT sku, price, 4 AS price FROM t"
    row = shop.with_source("db", columns, sql="sqlite:///s.db", query=query).merge().row("A-1")
    assert (row["price"], row["cost"]) == ("9.50", "4")


def test_mixed_types_in_a_column(shop: Shop) -> None:
    text = 'sku,w\nM-1,2.5\nM-2,about 3\nM-3,2.5 g\nM-4,2.5 ct\nM-5,"1,299"\nM-6,"2,75"\nM-7,TBC\nM-8,1.234.567\n'
    rows = {row["style_code"]: row["weight_g"] for row in
            shop.with_file("m.csv", text, CODE | {"w": "number:weight_g"}).merge().rows()}  # fmt: skip
    assert rows == {"A-1": "", "M-1": "2.5", "M-2": "", "M-3": "2.5", "M-4": "", "M-5": "", "M-6": "2.75", "M-7": "",
                    "M-8": "1234567"}  # fmt: skip
    told = shop.faults()
    assert [reason for reason, _ in told] == ["bad_number"] * 3
    assert "m.csv, row 3, column 'w': 'about 3' is not a number" in told[0][1]
    assert "could be read in two ways" in told[2][1]


def test_mixed_types_in_a_database_and_in_parquet(shop: Shop) -> None:
    with sqlite3.connect(shop.folder / "s.db") as database:
        database.execute("CREATE TABLE t (sku, w)")
        rows = [(1042, 2.0), ("AJ-7", "2.5"), (1043.0, None), ("AJ-8", b"\xff")]
        database.executemany("INSERT INTO t VALUES (?, ?)", rows)
    database.close()
    shop = shop.with_source("db", CODE | {"w": "number:w"}, sql="sqlite:///s.db", table="t")
    frame = pl.DataFrame({"sku": [1042, 7], "tags": [["gold", "silver"], []], "made": ["2024-01-01", "2024-01-02"]})
    frame.with_columns(pl.col("made").str.to_datetime("%Y-%m-%d")).write_parquet(shop.folder / "p.parquet")
    shop = shop.with_source("p", CODE | {"tags": "attribute:metal", "made": "date:made"}, file="p.parquet")
    found = {row["style_code"]: (row["w"], row["metal"], row["made"]) for row in shop.merge().rows()}
    assert found == {
        "1042": ("2", "gold; silver", "2024-01-01"), "1043": ("", "", ""), "7": ("", "", "2024-01-02"),
        "A-1": ("", "", ""), "AJ-7": ("2.5", "", ""), "AJ-8": ("", "", ""),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings(shop: Shop, encoding: str) -> None:
    lines = ("E-1;Créole dorée façon émail", "E-2;Médaillon gravé très fin", "E-3;Chaîne à maillons larges")
    data = ("sku;t\r\n" + "\r\n".join(lines)).encode(encoding)
    rows = shop.with_file("e.csv", data, CODE | {"t": "title"}).merge().rows()
    assert [row["title"] for row in rows[1:]] == [line.partition(";")[2] for line in lines]
    guessed = [detail for reason, detail in shop.faults() if reason == "note"]
    assert bool(guessed) == (encoding == "cp1252")
    assert all("e.csv: The text is not UTF-8; it was read as cp1252, a guess." in note for note in guessed)


def test_the_map_may_state_the_encoding(shop: Shop) -> None:
    data = "sku;t\nA-1;Rivière\n".encode("cp1252")
    shop = shop.with_file("e.csv", data, CODE | {"t": "text:note"}, encoding="windows-1252")
    assert shop.merge().row("A-1")["note"] == "Rivière"
    assert shop.faults() == []


def test_ragged_rows_open_quotation_marks_and_strange_words(shop: Shop) -> None:
    text = 'sku,t,m\nR-1,Ring,gold,extra\nR-2,"Ring,gold\nR-3,Ring,goldish\nR-4,' + "x" * 600 + ",silver\n"
    rows = shop.with_file("r.csv", text, CODE | {"t": "title", "m": "attribute:metal"}).merge().rows()
    assert [row["style_code"] for row in rows] == ["A-1", "R-3", "R-4"]
    told = dict(shop.faults())
    assert told["too_many_cells"].startswith("r.csv: Row 2 has 4 cells for 3 columns")
    assert "r.csv: Row 3 opens a quotation mark" in told["open_quote"]
    assert "r.csv, row 4, column 'm': metal: 'goldish' is not in the vocabulary. Nearest" in told["unknown_value"]
    assert "r.csv, row 5, column 't': the title has 600 characters" in told["long_title"]


def test_two_values_where_a_piece_has_one_and_a_price_in_two_currencies(shop: Shop) -> None:
    columns = CODE | {"type": "attribute:type", "kind": "attribute:type", "p": "price", "c": "currency"}
    text = "sku,type,kind,p,c\nA-1,ring,pendant,€ 5.00,USD\nA-2,ring,,5.00,shells\n"
    rows = shop.with_file("v.csv", text, columns).merge().rows()
    assert [(row["type"], row["price"]) for row in rows] == [("ring", ""), ("ring", "5.00")]
    told = dict(shop.faults())
    assert "a piece has one type, not ring, pendant; ring was kept" in told["one_value_only"]
    assert "names two currencies" in told["bad_price"]
    assert "'shells' beside the price is no currency" in told["bad_currency"]


def test_columns_called_like_the_works_inside(shop: Shop) -> None:
    columns = {"code": "style_code", "row": "title", "c0": "text:a", "source": "text:b", "value": "text:c"}
    row = shop.with_file("i.csv", "code,row,c0,source,value\nA-1,1,2,3,4\n", columns).merge().row("A-1")
    assert (row["a"], row["b"], row["c"]) == ("2", "3", "4")


@pytest.mark.parametrize(
    ("sql", "says", "message"),
    [
        ("sqlite:///gone.db", {}, "there is no file .*gone.db"),
        ("sqlite:///s.db", {}, r"has several tables; say `table:` or `query:`\. It has: one, two"),
        ("sqlite:///s.db", {"table": "three"}, "has no table 'three'"),
        ("sqlite:///s.db", {"query": "DELETE FROM one"}, "does not answer .attempt to write a readonly database"),
        ("sqlite:///s.db", {"table": "two"}, "holds no rows"),
        ("mongodb://me:secret@h/x", {}, r"\(mongodb://me:\*\*\*@h/x\) is of no kind Parure can ask"),
        ("sqlite:///${NO_SUCH_NAME}", {}, "needs the environment variable NO_SUCH_NAME"),
    ],
)
def test_a_database_that_cannot_be_asked(shop: Shop, sql: str, says: dict[str, str], message: str) -> None:
    with sqlite3.connect(shop.folder / "s.db") as database:
        database.execute("CREATE TABLE one (sku)")
        database.execute("CREATE TABLE two (sku)")
    database.close()
    with pytest.raises(SheetError, match=message):
        shop.with_source("db", CODE, sql=sql, **says).merge()


def test_a_source_is_never_written_over(shop: Shop) -> None:
    with pytest.raises(IntakeError, match="is one of the sources"):
        shop.merge("good.csv")
    assert (shop.folder / "good.csv").read_text() == GOOD


def test_an_output_of_no_known_kind(shop: Shop) -> None:
    with pytest.raises(IntakeError, match=r"out\.ods has to end in one of \.csv, \.tsv, \.xlsx, \.parquet"):
        shop.merge("out.ods")


def test_a_full_disk_leaves_nothing_half_written(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.LazyFrame, "sink_csv", full)
    with pytest.raises(StorageFull, match=r"out\.csv was not written"):
        shop.merge()
    assert sorted(path.name for path in shop.folder.iterdir()) == ["good.csv", "map.yaml", "report.jsonl"]
