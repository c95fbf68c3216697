"""A sheet read in parts says what it says read whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from parure.errors import SheetError
from parure.intake import Sheet, read_sheet, read_sheet_parts
from parure.intake.delimited_parts import read_delimited_parts


def joined(parts: list[Sheet]) -> Sheet:
    assert len({part.columns for part in parts}) == 1
    rows = tuple(row for part in parts for row in part.rows)
    rejected = tuple(item for part in parts for item in part.rejected)
    return Sheet(parts[0].name, parts[0].columns, rows, parts[0].encoding, parts[0].notes, rejected)


def messy(dice: random.Random, rows: int) -> str:
    """Rows of three cells: some over many lines, some ragged, some with a quotation mark never closed."""
    lines = ["SKU;Title;Note"]
    for number in range(rows):
        roll = dice.random()
        note = "x"
        if roll < 0.02:
            note = '"a\n' + "b\n" * dice.randint(0, 60) + 'c"'
        elif roll < 0.025:
            note = '"never closed'
        elif roll < 0.03:
            note = "x;too;many"
        lines.append(f"A{number};Ring {number};{note}" if roll < 0.97 else f"A{number}")
    return "\r\n".join(lines)


@pytest.mark.parametrize("seed", range(5))
def test_parts_hold_the_rows_and_the_faults_of_the_whole(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(messy(random.Random(seed), 3000).encode())
    parts = list(read_delimited_parts(path, lines=500))
    found, whole = joined(parts), read_sheet(path)
    assert len(parts) > 5
    assert found.rows == whole.rows
    assert sorted(found.rejected, key=str) == sorted(whole.rejected, key=str)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_told_by_any_part(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "s.csv"
    words = ("Créole dorée façon émail", "Médaillon gravé très fin", "Bague fiançailles sertie", "Chaîne à maillons")
    text = "SKU,Title\n" + f"A,{'Ring ' * 50}\n" * 6000 + "".join(f"B,{word}\n" for word in words)
    path.write_bytes(text.encode(encoding))
    *_, last = read_sheet_parts(path)
    assert [row.values["Title"] for row in last.rows[-4:]] == list(words)
    assert last.rows[-1].number == 6005


def test_bytes_of_no_encoding_are_told_with_their_row(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    good = "SKU,Title\n" + f"A,{'Médaillon ' * 50}\n" * 3000
    path.write_bytes(good.encode() + b"B,\xff\xfe\n")
    notes = [note for part in read_sheet_parts(path) for note in part.notes]
    assert any("not valid utf-8" in note or "not UTF-8" in note for note in notes)


def test_a_workbook_and_json_lines_come_as_one_part(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"sku": "A"}\n')
    assert [part.rows for part in read_sheet_parts(path)] == [read_sheet(path).rows]


def test_a_file_full_of_open_quotation_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("SKU,Title\n" + 'A,"x\n' * 1001)
    with pytest.raises(SheetError, match="quotation marks out of place"):
        list(read_delimited_parts(path, lines=500))
