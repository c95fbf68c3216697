"""What the columns of a sheet mean: guessed, stated in a file, written to one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.errors import SheetError
from parure.intake import ColumnMapping, ColumnTarget, dump_mapping, guess_mapping, load_mapping
from parure.intake.mapping import FIELDS
from parure.taxonomy import Taxonomy
from tests.intake.made import sheet


def targets(mapping: ColumnMapping) -> dict[str, str]:
    return {item.column: item.target for item in mapping.targets}


@pytest.mark.parametrize(
    ("heading", "cell", "target"),
    [
        ("SKU", "A-1", "style_code"),
        ("Item No.", "A-1", "style_code"),
        ("Style#", "1042", "style_code"),
        ("DESIGN NO", "D12", "style_code"),
        ("product_id", "p1", "style_code"),
        ("Product Title", "Ring", "title"),
        ("Name", "Ring", "title"),
        ("Body (HTML)", "<p>x</p>", "description"),
        ("MRP", "12", "price"),
        ("MRP (EUR)", "12", "price"),
        ("Price in USD, excl. VAT", "12", "price"),
        ("Price (USD)", "12", "price"),
        ("Currency", "EUR", "currency"),
        ("Image", "a.jpg", "photos"),
        ("Image 3", "a.jpg", "photos"),
        ("Picture URL", "a.jpg", "photos"),
        ("file", "a.jpg", "photos"),
        ("Metal Type", "Gold", "attribute:metal"),
        ("Metal Color", "Rose", "attribute:metal_colour"),
        ("Gem", "Ruby", "attribute:main_stone"),
        ("Shape", "Oval", "attribute:main_stone_cut"),
        ("Category", "Ring", "attribute:type"),
        ("Jewelry Type", "Hoop earrings", "attribute:type"),
        ("Gender", "Women", "attribute:gender"),
        ("attributes.metal", "silver", "attribute:metal"),
        ("Vendor", "Anyone & Sons", "attribute:brand"),
        ("Weight", "3 g", "ignore"),
    ],
)
def test_sellers_column_names_are_known(tmp_path: Path, words: Taxonomy, heading: str, cell: str, target: str) -> None:
    made = sheet(tmp_path, f"{heading}\tOther\n{cell}\tx\n", "s.tsv")
    assert targets(guess_mapping(made, words))[heading] == target


def test_the_surer_of_two_columns_is_taken_and_the_other_is_told(tmp_path: Path, words: Taxonomy) -> None:
    mapping = guess_mapping(sheet(tmp_path, "ID,SKU,Cost,Price\n7,A-1,5,9\n"), words)
    assert targets(mapping) == {"ID": "ignore", "SKU": "style_code", "Cost": "ignore", "Price": "price"}
    assert mapping.targets[0].why == "another column fits style_code better"


def test_the_cells_decide_what_a_name_of_two_meanings_is(tmp_path: Path, words: Taxonomy) -> None:
    codes = guess_mapping(sheet(tmp_path, "Style,Title\nR1042,Ring\nR1043,Hoop\n"), words)
    looks = guess_mapping(sheet(tmp_path, "SKU,Style\nA,Vintage\nB,Bohemian\n"), words)
    assert targets(codes)["Style"] == "style_code"
    assert targets(looks)["Style"] == "attribute:style"


def test_colour_is_the_metals_or_the_stones_as_its_cells_say(tmp_path: Path, words: Taxonomy) -> None:
    metal = guess_mapping(sheet(tmp_path, "SKU,Colour\nA,Rose gold\nB,Two-tone\nC,White gold\n"), words)
    stone = guess_mapping(sheet(tmp_path, "SKU,Colour\nA,Purple\nB,Turquoise blue\nC,Pink\n"), words)
    assert targets(metal)["Colour"] == "attribute:metal_colour"
    assert targets(stone)["Colour"] == "attribute:stone_colour"


def test_a_column_named_like_an_attribute_with_other_cells_is_left_alone(tmp_path: Path, words: Taxonomy) -> None:
    mapping = guess_mapping(sheet(tmp_path, "SKU,Setting\nA,on_person\nB,in studio\n"), words)
    assert targets(mapping)["Setting"] == "ignore"
    assert "its cells are not values of it (such as 'on_person')" in mapping.targets[1].why


def test_a_mapping_file_decides_and_what_it_leaves_out_is_ignored(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "Item No,Title,Stein\nA,Ring,Rubin\n")
    path = tmp_path / "map.toml"
    path.write_text('[columns]\n"item no" = "style_code"\nStein = "attribute:main_stone"\n')
    mapping = load_mapping(path, made, words)
    assert targets(mapping) == {"Item No": "style_code", "Title": "ignore", "Stein": "attribute:main_stone"}
    assert {item.confidence for item in mapping.targets} == {"file"}


def test_a_mapping_may_be_json(tmp_path: Path, words: Taxonomy) -> None:
    path = tmp_path / "map.json"
    path.write_text('{"columns": {"Nr": "style_code"}}')
    assert targets(load_mapping(path, sheet(tmp_path, "Nr,B\nA,x\n"), words))["Nr"] == "style_code"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[columns]\n\n"Item Nr" = "title"\n', r"line 3: .* has no column 'Item Nr'. It has: Item No"),
        ('[columns]\nTitle = "titel"\n', r"line 2: column 'Title' is mapped to 'titel', which is not a target"),
        ("[columns]\nTitle = 5\n", "which is not a target"),
        ('[columns]\nTitle = "attribute:metall"\n', r"line 2: .*no attribute 'metall'. Nearest: metal"),
        ('[columns]\nTitle = "price"\n"Item No" = "price"\n', r"line 3: 'Title' and 'Item No' are both price"),
        ("[columns\n", "slip of the pen"),
        ("", r"needs a table \[columns\]"),
        ("columns = 5", r"needs a table \[columns\]"),
    ],
)
def test_a_slip_in_a_mapping_file_is_named_with_its_line(
    tmp_path: Path, words: Taxonomy, text: str, message: str
) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(SheetError, match=message):
        load_mapping(path, sheet(tmp_path, "Item No,Title\nA,Ring\n"), words)


def test_a_mapping_that_is_missing_or_no_text_is_named(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Title\nA,Ring\n")
    with pytest.raises(SheetError, match=r"gone\.toml cannot be read"):
        load_mapping(tmp_path / "gone.toml", made, words)
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SheetError, match="not UTF-8"):
        load_mapping(tmp_path / "bad.toml", made, words)


def test_a_guess_written_to_a_file_reads_back_the_same(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, 'SKU,"A ""quoted"" name",Métal,Image 1,Image 2\nA,x,Gold,1.jpg,2.jpg\n')
    guess = guess_mapping(made, words)
    path = tmp_path / "map.toml"
    path.write_text(dump_mapping(guess), encoding="utf-8")
    assert targets(load_mapping(path, made, words)) == targets(guess)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool), min_size=1))
def test_any_column_name_survives_being_written(names: list[str]) -> None:
    import tomllib

    unique = tuple(dict.fromkeys(names))
    mapping = ColumnMapping(tuple(ColumnTarget(name, "ignore", "guessed", name) for name in unique))
    assert tuple(tomllib.loads(dump_mapping(mapping))["columns"]) == unique


def test_every_field_can_be_guessed_from_its_own_name(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "\t".join(FIELDS) + "\n" + "\t".join("1" for _ in FIELDS) + "\n", "s.tsv")
    mapping = guess_mapping(made, words)
    assert targets(mapping) == {field: field for field in FIELDS}
    assert {item.confidence for item in mapping.targets} == {"exact"}
