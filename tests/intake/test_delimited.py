"""CSV and TSV as people and programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.errors import SheetError
from parure.intake import read_sheet
from tests.intake.made import sheet

PLAIN = "SKU,Title,Price\nA-1,Ring,10\nA-2,Hoop,20\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    found = sheet(tmp_path, PLAIN.replace(",", delimiter))
    assert found.columns == ("SKU", "Title", "Price")
    assert [(row.number, row.values["Title"]) for row in found.rows] == [(2, "Ring"), (3, "Hoop")]


def test_semicolons_win_where_commas_are_decimals(tmp_path: Path) -> None:
    assert sheet(tmp_path, "SKU;Preis\nA;12,50\nB;13,00\n").rows[0].values == {"SKU": "A", "Preis": "12,50"}


def test_excels_own_first_line_names_the_delimiter(tmp_path: Path) -> None:
    found = sheet(tmp_path, "sep=|\nSKU|Title\nA|a;b;c\n")
    assert found.columns == ("SKU", "Title")
    assert found.rows[0].values["Title"] == "a;b;c"


def test_a_single_column_is_a_table_too(tmp_path: Path) -> None:
    assert sheet(tmp_path, "SKU\nA-1\nA-2\n").columns == ("SKU",)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_unicode_encodings_are_read_with_and_without_a_mark(tmp_path: Path, encoding: str, told: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes("SKU,Title\nA-1,Créole perlée 18 ct €\n".encode(encoding))
    found = read_sheet(path)
    assert (found.columns, found.rows[0].values["Title"]) == (("SKU", "Title"), "Créole perlée 18 ct €")
    assert (found.encoding, found.notes) == (told, ())


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp1252", "Ohrstecker für Mädchen 12 €"),
        ("cp1252", "Bague été"),
        ("cp1251", "Кольцо с бриллиантом, золото"),
        ("cp932", "ダイヤモンドリング"),
        ("gb18030", "钻石戒指黄金项链 18K金手镯，铂金耳环"),
    ],
)
def test_older_encodings_are_guessed_and_the_guess_is_told(tmp_path: Path, encoding: str, title: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(f'SKU;Title\nA-1;"{title}"\n'.encode(encoding))
    found = read_sheet(path)
    assert found.rows[0].values["Title"] == title
    assert "a guess" in found.notes[0]
    assert found.encoding == encoding


def test_nul_characters_are_removed_and_told(tmp_path: Path) -> None:
    found = sheet(tmp_path, "SKU,Title\nA\0-1,Ring that has a long name so that it is no UTF-16\n")
    assert found.rows[0].values["SKU"] == "A-1"
    assert found.notes == ("NUL characters were removed (1).",)


def test_cells_may_hold_line_breaks_and_quoted_marks(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'SKU,Title\nA,"two\nlines"\nB,"he said ""hi"""\n')
    assert [row.values["Title"] for row in found.rows] == ["two\nlines", 'he said "hi"']
    assert [row.number for row in found.rows] == [2, 3]


def test_a_quotation_mark_left_open_costs_its_row_and_no_other(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'SKU,Title,Price\nA,"open,1\nB,"fine",2\nC,"also ""fine""",3\n')
    assert [row.values["SKU"] for row in found.rows] == ["B", "C"]
    (rejection,) = found.rejected
    assert (rejection.kind, rejection.reason, rejection.row) == ("row", "open_quote", 2)


def test_a_quotation_mark_left_open_at_the_very_end_is_noticed(tmp_path: Path) -> None:
    found = sheet(tmp_path, 'SKU,Title\nA,fine\nB,"open\nC,fine\n')
    assert [row.values["SKU"] for row in found.rows] == ["A", "C"]
    assert [item.row for item in found.rejected] == [3]


def test_a_file_full_of_open_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="quotation marks out of place"):
        sheet(tmp_path, "SKU,Title\n" + 'A,"x"y\nB,"open\n' * 300)


def test_inch_marks_inside_a_text_do_no_harm(tmp_path: Path) -> None:
    assert sheet(tmp_path, 'SKU,Title\nA,7" bracelet\nB,18" chain\n').rows[1].values["Title"] == '18" chain'


def test_rows_that_are_too_long_are_rejected_and_short_ones_filled(tmp_path: Path) -> None:
    found = sheet(tmp_path, "SKU,Title,Price\nA,Ring, gold,10\nB\nC,Hoop,5\n")
    assert [(item.row, item.reason) for item in found.rejected] == [(2, "too_many_cells")]
    assert found.rows[0].values == {"SKU": "B", "Title": "", "Price": ""}
    assert "row 3" in found.notes[0]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    found = sheet(tmp_path, "SKU,Title\n=1+1,@SUM(A1)\n+4,-5\n")
    assert [tuple(row.values.values()) for row in found.rows] == [("=1+1", "@SUM(A1)"), ("+4", "-5")]


def test_empty_rows_and_a_title_above_the_table_are_passed_over(tmp_path: Path) -> None:
    found = sheet(tmp_path, "\nOur spring list,,\n,,\nSKU,Title,Price\nA,Ring,1\n,,\nB,Hoop,2\n")
    assert [(row.number, row.values["SKU"]) for row in found.rows] == [(5, "A"), (7, "B")]
    assert found.notes == ("The column names were found in row 4; the text above was skipped.",)


def test_columns_of_one_name_are_told_apart_and_nameless_ones_get_a_letter(tmp_path: Path) -> None:
    found = sheet(tmp_path, "SKU,Image,image,\nA,1.jpg,2.jpg,x\n")
    assert found.columns == ("SKU", "Image", "image (2)", "column D")
    assert "Two columns are called 'image'" in found.notes[0]


@pytest.mark.parametrize("text", ["A-1,ring.jpg\nA-2,hoop.jpg\n", "10,20,A\n30,40,B\n"])
def test_a_sheet_without_column_names_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(SheetError, match="no column names"):
        sheet(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "message"), [("", "is empty"), ("SKU,Title\n", "no rows below"), (",,\n,,\n", "no cells with text")]
)
def test_a_sheet_without_content_says_what_lacks(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SheetError, match=message):
        sheet(tmp_path, text)


def test_a_sheet_beyond_any_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.delimited.MAX_CELLS", 5)
    with pytest.raises(SheetError, match="more than 5 cells"):
        sheet(tmp_path, PLAIN)


@pytest.mark.parametrize(
    ("start", "hint"), [(b"\xd0\xcf\x11\xe0abc", "old Excel"), (b"%PDF-1.7", "PDF"), (b"\xff\xd8\xff\xe0", "photo")]
)
def test_other_files_named_csv_are_recognised(tmp_path: Path, start: bytes, hint: str) -> None:
    (tmp_path / "s.csv").write_bytes(start)
    with pytest.raises(SheetError, match=hint):
        read_sheet(tmp_path / "s.csv")


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"none\.csv cannot be read"):
        read_sheet(tmp_path / "none.csv")


def test_a_text_file_has_no_tabs(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(PLAIN)
    with pytest.raises(SheetError, match="has no tab"):
        read_sheet(tmp_path / "s.csv", tab="Sheet1")
