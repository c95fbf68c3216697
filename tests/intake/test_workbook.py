"""XLSX: what a person sees in the cells is what is read."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from parure.errors import SheetError
from parure.intake import Sheet, read_sheet


def book(path: Path, *rows: list[Any]) -> Any:
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def saved(workbook: Any, path: Path, *, tab: str | None = None) -> Sheet:
    workbook.save(path)
    return read_sheet(path, tab=tab)


def values(sheet: Sheet, column: str) -> list[str]:
    return [row.values[column] for row in sheet.rows]


def test_numbers_dates_and_yes_no_read_as_they_look(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        ["SKU", "Price", "Since", "At", "Stock"],
        [
            1042.0,
            12.5,
            datetime.date(2024, 5, 1),
            datetime.datetime(2024, 5, 1, 9, 30),  # noqa: DTZ001 - cells know no time zones
            True,
        ],
        ["A-2", 0.1 + 0.2, None, None, False],
    )
    sheet = saved(made, tmp_path / "s.xlsx")
    assert tuple(sheet.rows[0].values.values()) == ("1042", "12.5", "2024-05-01", "2024-05-01 09:30:00", "true")
    assert tuple(sheet.rows[1].values.values()) == ("A-2", "0.3", "", "", "false")
    assert [row.number for row in sheet.rows] == [2, 3]


def test_zeros_and_currency_that_only_the_cell_format_shows_are_kept(tmp_path: Path) -> None:
    made = book(tmp_path, ["SKU", "Price", "Plain"], [7, 1299.5, 5], [8, 20, 6])
    tab = made.active
    tab["A2"].number_format = "00000"
    tab["B2"].number_format = "[$€-407] #,##0.00"
    tab["B3"].number_format = '"$"#,##0.00'
    tab["C2"].number_format = "[$-409]0"
    sheet = saved(made, tmp_path / "s.xlsx")
    assert tuple(sheet.rows[0].values.values()) == ("00007", "€ 1299.5", "5")
    assert sheet.rows[1].values["Price"] == "$ 20"


def test_a_formula_counts_by_its_stored_result(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    book(tmp_path, ["SKU", "Price"], ["A", "=2*3"], ["B", "=4*5"]).save(path)
    _edit(path, "xl/worksheets/sheet1.xml", "<f>2*3</f><v />", "<f>2*3</f><v>6</v>")
    sheet = read_sheet(path)
    assert values(sheet, "Price") == ["6", ""]
    assert "without a stored result (1) count as empty: B3." in sheet.notes[0]


def test_error_values_count_as_empty_and_are_named(tmp_path: Path) -> None:
    sheet = saved(book(tmp_path, ["SKU", "Price"], ["A", "#REF!"], ["B", 5]), tmp_path / "s.xlsx")
    assert values(sheet, "Price") == ["", "5"]
    assert "(1) count as empty: B2." in sheet.notes[0]


def test_a_merged_range_shares_its_one_value(tmp_path: Path) -> None:
    made = book(tmp_path, ["SKU", "Image"], ["A", "1.jpg"], [None, "2.jpg"], ["B", "3.jpg"])
    made.active.merge_cells("A2:A3")
    sheet = saved(made, tmp_path / "s.xlsx")
    assert values(sheet, "SKU") == ["A", "A", "B"]
    assert "Cells merged over several rows (1) count as if each held the value: A2:A3." in sheet.notes[0]


def test_a_title_merged_over_the_table_is_not_taken_for_column_names(tmp_path: Path) -> None:
    made = book(tmp_path, ["Spring collection"], [], ["SKU", "Title", "Price"], ["A", "Ring", 1])
    made.active.merge_cells("A1:C1")
    sheet = saved(made, tmp_path / "s.xlsx")
    assert sheet.columns == ("SKU", "Title", "Price")
    assert sheet.rows[0].number == 4


def test_the_first_visible_tab_is_read_unless_one_is_named(tmp_path: Path) -> None:
    made = book(tmp_path, ["SKU", "Title"], ["hidden", "x"])
    made.active.sheet_state = "hidden"
    made.active.title = "Secret"
    for name in ("Rings", "Chains"):
        tab = made.create_sheet(name)
        tab.append(["SKU", "Title"])
        tab.append([name, "y"])
    sheet = saved(made, tmp_path / "s.xlsx")
    assert values(sheet, "SKU") == ["Rings"]
    assert "Chains" in sheet.notes[0]
    assert values(read_sheet(tmp_path / "s.xlsx", tab="chains"), "SKU") == ["Chains"]
    with pytest.raises(SheetError, match=r"no tab 'Watches'\. It has: Secret, Rings, Chains"):
        read_sheet(tmp_path / "s.xlsx", tab="Watches")


def test_a_wrongly_stated_size_loses_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    book(tmp_path, ["SKU", "Title"], *[[f"A-{n}", "x"] for n in range(5)]).save(path)
    _edit(path, "xl/worksheets/sheet1.xml", 'ref="A1:B6"', 'ref="A1"')
    assert len(read_sheet(path).rows) == 5


def test_a_workbook_named_csv_is_read_as_a_workbook(tmp_path: Path) -> None:
    book(tmp_path, ["SKU", "Title"], ["A", "Ring"]).save(tmp_path / "s.xlsx")
    (tmp_path / "s.xlsx").rename(tmp_path / "s.csv")
    assert read_sheet(tmp_path / "s.csv").encoding == "xlsx"


def test_text_named_xlsx_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_text("SKU,Title\n")
    with pytest.raises(SheetError, match="not a workbook"):
        read_sheet(tmp_path / "s.xlsx")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_workbook_is_one_clear_error(tmp_path: Path, part: str) -> None:
    path = tmp_path / "s.xlsx"
    book(tmp_path, ["SKU", "Title"], ["A", "Ring"]).save(path)
    _edit(path, part, "</", "<<")
    with pytest.raises(SheetError, match="damaged or not a workbook"):
        read_sheet(path)


def test_hostile_xml_is_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    book(tmp_path, ["SKU", "Title"], ["A", "Ring"]).save(path)
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet '
    _edit(path, "xl/worksheets/sheet1.xml", "<worksheet ", laughs)
    with pytest.raises(SheetError, match="EntitiesForbidden"):
        read_sheet(path)


def test_a_workbook_that_expands_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.workbook._MAX_EXPANDED", 1000)
    with pytest.raises(SheetError, match="would grow"):
        saved(book(tmp_path, ["SKU", "Title"], ["A", "Ring"]), tmp_path / "s.xlsx")


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.workbook.MAX_CELLS", 3)
    with pytest.raises(SheetError, match="more than 3 cells"):
        saved(book(tmp_path, ["SKU", "Title"], ["A", "Ring"]), tmp_path / "s.xlsx")


def test_a_row_number_beyond_any_spreadsheet_does_not_run_forever(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    book(tmp_path, ["SKU", "Title"], ["A", "Ring"]).save(path)
    _edit(path, "xl/worksheets/sheet1.xml", '<row r="2"', '<row r="99999999999"')
    with pytest.raises(SheetError, match="Split it"):
        read_sheet(path)


def _edit(path: Path, part: str, old: str, new: str) -> None:
    """Rewrite one part of the workbook; the text to replace has to be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part], parts[part][:2000]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
