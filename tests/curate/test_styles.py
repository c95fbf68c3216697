"""Known styles from sheets and lists, and what is one slip away from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.curate import KnownStyle, StyleIndex, default_rules, parse_name, read_styles
from parure.curate.names_styles import within_one
from parure.errors import IntakeError

TEXT = st.text("AB01-", max_size=7)


def test_a_sheet_gives_codes_and_vendor_numbers(tmp_path: Path) -> None:
    sheet = tmp_path / "styles.csv"
    sheet.write_text("Title,Style Code,Vendor SKU\nring,AJ-1,VS1\nring,AJ-1,VS2\npin,AJ-2,\n,,VS3\n")
    assert read_styles(sheet) == (KnownStyle("AJ-1", ("VS1", "VS2")), KnownStyle("AJ-2"))


def test_a_list_gives_a_code_per_line(tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text("\ufeffAJ-1\n\n AJ-2 \nAJ-1\n", encoding="utf-8")
    assert [style.code for style in read_styles(path)] == ["AJ-1", "AJ-2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("codes.txt", b""),
        ("codes.txt", b"\xff\xfe\xff"),
        ("s.csv", b"colour,price\nred,1\n"),
        ("s.csv", b"style_code,title\n,ring\n"),
    ],
)
def test_a_source_without_codes_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(IntakeError):
        read_styles(tmp_path / name)


@given(TEXT, TEXT)
def test_within_one_is_one_insertion_deletion_substitution_or_swap(one: str, other: str) -> None:
    edits = {one[:at] + c + one[at:] for at in range(len(one) + 1) for c in "AB01-"}
    edits |= {one[:at] + one[at + 1 :] for at in range(len(one))}
    edits |= {one[:at] + c + one[at + 1 :] for at in range(len(one)) for c in "AB01-"}
    edits |= {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)}
    if one != other:
        assert within_one(one, other) == (other in edits)


@given(st.lists(st.from_regex(r"[AB]{1,2}[0-2]{2,4}", fullmatch=True), min_size=1, max_size=30, unique=True), st.data())
def test_near_finds_every_code_one_slip_away(codes: list[str], data: st.DataObject) -> None:
    asked = data.draw(st.from_regex(r"[AB]{1,2}[0-2]{1,5}", fullmatch=True))
    index = StyleIndex([KnownStyle(code) for code in codes])
    assert set(index.codes.near(asked)) == {code for code in codes if code != asked and within_one(asked, code)}


@given(st.text(max_size=60))
def test_any_text_is_a_name_and_an_assigned_style_is_a_known_one(name: str) -> None:
    rules = default_rules()
    reading = parse_name(name, rules, StyleIndex([KnownStyle("AJ-1042"), KnownStyle("10-4432"), KnownStyle("7")]))
    assert reading.style in {None, "AJ-1042", "10-4432", "7"}
    assert reading.reasons
