"""Styles come from any sheet, with the folder their type leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.curate.judging_styles import read_style_book
from parure.errors import IntakeError

SHEET = (
    "style_code,vendor_sku,type\nAJ-1,VS1,solitaire ring\nAJ-2,,kada\nAJ-3,,flying saucer\nAJ-1,VS2,necklace\nAJ-4,,\n"
)


def test_styles_have_codes_vendor_numbers_and_folders(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(SHEET)
    book = read_style_book(tmp_path / "s.csv")
    assert {style.code: style.vendor_skus for style in book.styles} == {
        "AJ-1": ("VS1", "VS2"), "AJ-2": (), "AJ-3": (), "AJ-4": (),
    }  # fmt: skip
    assert book.categories == {"AJ-1": "rings", "AJ-2": "bangles"}


def test_parquet_is_read_like_any_sheet(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    (tmp_path / "s.csv").write_text(SHEET)
    polars.read_csv(tmp_path / "s.csv").write_parquet(tmp_path / "s.parquet")
    assert read_style_book(tmp_path / "s.parquet") == read_style_book(tmp_path / "s.csv")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(IntakeError, match=r"bad\.parquet cannot be read as Parquet"):
        read_style_book(tmp_path / "bad.parquet")


def test_a_list_of_codes_does_and_a_sheet_without_them_does_not(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("AJ-1\nAJ-2\n")
    assert [style.code for style in read_style_book(tmp_path / "s.txt").styles] == ["AJ-1", "AJ-2"]
    (tmp_path / "s.csv").write_text("colour,size\nred,3\n")
    with pytest.raises(IntakeError, match="no column of style codes"):
        read_style_book(tmp_path / "s.csv")
    (tmp_path / "empty.csv").write_text("style_code,type\n,ring\n")
    with pytest.raises(IntakeError):
        read_style_book(tmp_path / "empty.csv")
