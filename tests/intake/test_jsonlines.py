"""JSON Lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.errors import SheetError
from tests.intake.made import sheet


def test_objects_inside_are_flattened_and_lists_joined(tmp_path: Path) -> None:
    line = '{"sku": "A", "attributes": {"metal": "gold", "stones": ["ruby", "pearl"]}, "boxes": [{"x": 0.5}]}'
    (row,) = sheet(tmp_path, line, "s.jsonl").rows
    assert row.values == {
        "sku": "A",
        "attributes.metal": "gold",
        "attributes.stones": "ruby; pearl",
        "boxes": '[{"x": "0.5"}]',
    }


def test_numbers_keep_their_digits_and_whole_ones_lose_the_point(tmp_path: Path) -> None:
    (row,) = sheet(tmp_path, '{"a": 12345678901234567890, "b": 0.10, "c": 1042.0, "d": true, "e": NaN}', "s.jsonl").rows
    assert row.values == {"a": "12345678901234567890", "b": "0.10", "c": "1042", "d": "true", "e": ""}


def test_what_is_not_stated_is_absent_and_what_is_null_is_empty(tmp_path: Path) -> None:
    found = sheet(tmp_path, '{"sku": "A", "title": null}\n{"sku": "B"}\n', "s.jsonl")
    assert [dict(row.values) for row in found.rows] == [{"sku": "A", "title": ""}, {"sku": "B"}]
    assert found.columns == ("sku", "title")


@pytest.mark.parametrize("line", ['{"sku": "B"', "[1, 2]", '"text"', "[" * 100_000])
def test_a_bad_line_is_rejected_and_the_others_are_read(tmp_path: Path, line: str) -> None:
    found = sheet(tmp_path, f'{{"sku": "A"}}\n{line}\n\n{{"sku": "C"}}\n', "s.jsonl")
    assert [(row.number, row.values["sku"]) for row in found.rows] == [(1, "A"), (4, "C")]
    assert [(item.row, item.reason, item.kind) for item in found.rejected] == [(2, "bad_json", "row")]


def test_line_separators_of_unicode_do_not_end_a_line(tmp_path: Path) -> None:
    assert sheet(tmp_path, '{"sku": "A\u2028B"}', "s.ndjson").rows[0].values["sku"] == "A\u2028B"


def test_a_file_without_any_object_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="no JSON objects"):
        sheet(tmp_path, "hello\n", "s.jsonl")


def test_too_many_values_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.jsonlines.MAX_CELLS", 3)
    with pytest.raises(SheetError, match="more than 3 values"):
        sheet(tmp_path, '{"a": 1, "b": 2}\n{"a": 1, "b": 2}\n', "s.jsonl")
