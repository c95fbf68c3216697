"""From photos and rows to products: nothing is lost, and whatever is left out is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parure.errors import SheetError
from parure.intake import Found, ImportPlan, ProductDraft, Sheet, SheetRow, guess_mapping, plan_import
from parure.taxonomy import Taxonomy
from tests.intake.made import photos, sheet


def planned(found: Found, made: Sheet | None, words: Taxonomy) -> ImportPlan:
    return plan_import(found, made, guess_mapping(made, words) if made else None, taxonomy=words)


def by_code(plan: ImportPlan) -> dict[str, list[str]]:
    return {draft.style_code: [file.name for file in draft.photos] for draft in plan.products}


def reasons(plan: ImportPlan) -> dict[str, str]:
    return {item.item: item.reason for item in plan.rejected}


def attributes(draft: ProductDraft) -> set[tuple[str, str]]:
    return {(item.attribute, item.value) for item in draft.attributes}


def test_a_row_becomes_a_product_with_its_fields(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(
        tmp_path, 'SKU,Title,Description,MRP,Metal,Image\n A-1 ,Ring,Fine,"$1,299",18k rose gold,a.jpg;b.jpg\n'
    )
    (draft,) = planned(photos("b.jpg", "x/a.jpg"), made, words).products
    assert (draft.style_code, draft.title, draft.description, draft.row) == ("A-1", "Ring", "Fine", 2)
    assert (draft.price, draft.currency) == (Decimal(1299), "USD")
    assert {("metal", "gold"), ("metal_colour", "rose")} <= attributes(draft)
    assert {item.source for item in draft.attributes} == {"import"}
    assert [file.name for file in draft.photos] == ["x/a.jpg", "b.jpg"]
    assert {"title", "description", "price", "currency", "photos", "attribute:metal"} <= draft.fields_given


def test_an_empty_cell_is_given_as_none_and_a_missing_column_is_not_given(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Title,Price,Metal\nA-1,,,\n")
    (draft,) = planned(photos(), made, words).products
    assert (draft.title, draft.price, draft.attributes) == (None, None, ())
    assert draft.fields_given == {"title", "price", "attribute:metal"}


def test_a_cell_that_cannot_be_read_is_told_and_clears_nothing(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Price,Metal\nA-1,cheap,unobtainium\nA-2,5,gold\nA-3,6,silver\n")
    plan = planned(photos(), made, words)
    assert plan.products[0].fields_given == frozenset()
    assert [(item.kind, item.row, item.reason) for item in plan.rejected] == [
        ("cell", 2, "bad_price"),
        ("cell", 2, "unknown_value"),
    ]
    assert "metal: 'unobtainium' is not in the vocabulary" in plan.rejected[1].detail


def test_one_strange_word_in_a_list_costs_only_itself(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, 'SKU,Motif\nA-1,"heart, flibbertigibbet, star"\nA-2,heart\n')
    plan = planned(photos(), made, words)
    assert attributes(plan.products[0]) == {("motif", "heart"), ("motif", "star")}
    assert [item.reason for item in plan.rejected] == ["unknown_value"]


def test_a_column_of_its_own_outranks_what_another_implies(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Metal,Metal colour\nA-1,rose gold,white\nA-2,rose gold,\n")
    one, two = planned(photos(), made, words).products
    assert ("metal_colour", "white") in attributes(one)
    assert ("metal_colour", "rose") not in attributes(one)
    assert ("metal_colour", "rose") in attributes(two)


def test_a_piece_keeps_the_first_of_two_types(tmp_path: Path, words: Taxonomy) -> None:
    plan = planned(photos(), sheet(tmp_path, "SKU,Type\nA-1,ring; brooch\n"), words)
    assert attributes(plan.products[0]) == {("type", "ring")}
    assert reasons(plan) == {"row 2": "one_value_only"}


@pytest.mark.parametrize(
    "cell",
    [
        "rings/a.jpg",
        "rings\\a.jpg",
        "C:\\shop\\rings\\a.jpg",
        "A.JPG",
        "a",
        "a.png",
        "https://x.example/rings/a.jpg?w=1",
        "./a.jpg",
    ],
)
def test_a_photo_is_found_by_path_by_name_and_by_stem(tmp_path: Path, words: Taxonomy, cell: str) -> None:
    made = sheet(tmp_path, f"SKU\tImage\nX\t{cell}\n", "s.tsv")
    assert by_code(planned(photos("rings/a.jpg", "rings/ab.jpg"), made, words)) == {"X": ["rings/a.jpg"]}


def test_a_name_in_two_folders_needs_its_folder(tmp_path: Path, words: Taxonomy) -> None:
    found = photos("x/a.jpg", "y/a.jpg")
    plan = planned(found, sheet(tmp_path, "SKU,Image\nA,y/a.jpg\nB,a.jpg\n"), words)
    assert by_code(plan) == {"A": ["y/a.jpg"], "B": []}
    assert reasons(plan) == {"row 3": "photo_ambiguous", "x/a.jpg": "no_row"}


def test_a_comma_may_be_part_of_a_file_name(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, 'SKU,Image\nA,"ring, gold.jpg"\nB,"b.jpg, c.jpg"\n')
    plan = planned(photos("b.jpg", "c.jpg", "ring, gold.jpg"), made, words)
    assert by_code(plan) == {"A": ["ring, gold.jpg"], "B": ["b.jpg", "c.jpg"]}


def test_several_image_columns_are_joined_in_their_order(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Image1,Image2,Image3\nA,c.jpg,a.jpg,\n")
    assert by_code(planned(photos("a.jpg", "c.jpg"), made, words)) == {"A": ["c.jpg", "a.jpg"]}


def test_photos_that_are_missing_claimed_twice_or_unnamed_are_told(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Image\nA,a.jpg\nB,a.jpg\nC,gone.jpg\n")
    plan = planned(photos("a.jpg", "left.jpg"), made, words)
    assert by_code(plan) == {"A": ["a.jpg"], "B": [], "C": []}
    assert reasons(plan) == {"row 3": "photo_claimed", "row 4": "photo_not_found", "left.jpg": "no_row"}
    assert "without --sheet" in plan.rejected[-1].detail


def test_without_a_photo_column_file_names_begin_with_the_style_code(tmp_path: Path, words: Taxonomy) -> None:
    found = photos(
        "AJ-1_2.jpg", "aj-1_front.jpg", "AJ-1-B.jpg", "AJ-10.jpg", "AJ-1b.jpg", "x/AJ-2/1.jpg", "o_r_1 x.jpg"
    )
    plan = planned(found, sheet(tmp_path, "SKU,Title\nAJ-1,a\nAJ-1-B,b\nAJ-2,c\no/r#1,d\n"), words)
    assert by_code(plan) == {
        "AJ-1": ["aj-1_front.jpg", "AJ-1_2.jpg"],
        "AJ-1-B": ["AJ-1-B.jpg"],
        "AJ-2": ["x/AJ-2/1.jpg"],
        "o/r#1": ["o_r_1 x.jpg"],
    }
    assert reasons(plan) == {"AJ-10.jpg": "no_row", "AJ-1b.jpg": "no_row"}


def test_one_row_per_photo_makes_one_product(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Title,Price,Image\nA-1,Ring,5,1.jpg\na-1,,,2.jpg\nA-1,Ring,5,3.jpg\n")
    plan = planned(photos("1.jpg", "2.jpg", "3.jpg"), made, words)
    assert by_code(plan) == {"A-1": ["1.jpg", "2.jpg", "3.jpg"]}
    assert plan.rejected == ()


def test_a_later_row_fills_what_the_first_left_open(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Title,Price,Type\nA,,,ring\nA,Ring,5,\n")
    (draft,) = planned(photos(), made, words).products
    assert (draft.title, draft.price, attributes(draft), draft.row) == ("Ring", Decimal(5), {("type", "ring")}, 2)


def test_rows_that_contradict_each_other_keep_the_first_and_name_it(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Title,Price,Type,Image\nA,Ring,5,ring,1.jpg\nA,Brooch,9,brooch,2.jpg\n")
    plan = planned(photos("1.jpg", "2.jpg"), made, words)
    assert by_code(plan) == {"A": ["1.jpg"]}
    assert reasons(plan) == {"row 3": "duplicate_style_code", "2.jpg": "row_rejected"}
    assert "of row 2 with another title, price, type" in plan.rejected[0].detail


def test_a_description_of_the_photo_does_not_cost_the_photo(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, "SKU,Description,Image\nA,Front of it,1.jpg\nA,Back of it,2.jpg\n")
    plan = planned(photos("1.jpg", "2.jpg"), made, words)
    assert by_code(plan) == {"A": ["1.jpg", "2.jpg"]}
    assert plan.products[0].description == "Front of it"
    assert reasons(plan) == {"row 3": "conflicting_value"}


def test_rows_without_a_style_code_are_named_after_their_photo(tmp_path: Path, words: Taxonomy) -> None:
    lines = '{"file": "x/a.jpg", "product_id": "P1"}\n{"file": "x/b.jpg"}\n{"file": "y/c.jpg"}\n{"file": "z/c.jpg"}\n'
    made = sheet(tmp_path, lines + '{"title": "nothing"}\n', "m.jsonl")
    plan = planned(photos("x/a.jpg", "x/b.jpg", "y/c.jpg", "z/c.jpg"), made, words)
    assert by_code(plan) == {"P1": ["x/a.jpg"], "b": ["x/b.jpg"], "y/c": ["y/c.jpg"], "z/c": ["z/c.jpg"]}
    assert reasons(plan) == {"row 5": "no_style_code"}
    assert plan.notes == ("Rows without a style code were named after their photo (3).",)


def test_style_codes_that_cannot_be_are_refused_and_long_ones_shortened(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, f"SKU,Image\nA\x07B,1.jpg\n{'x' * 120},2.jpg\n")
    plan = planned(photos("1.jpg", "2.jpg"), made, words)
    assert reasons(plan) == {"row 2": "bad_style_code", "row 3": "long_style_code", "1.jpg": "row_rejected"}
    assert [len(draft.style_code) for draft in plan.products] == [100]


def test_a_title_that_is_a_novel_is_cut_and_told(tmp_path: Path, words: Taxonomy) -> None:
    plan = planned(photos(), sheet(tmp_path, f"SKU,Title\nA,{'word ' * 200}\n"), words)
    assert len(plan.products[0].title or "") <= 500
    assert reasons(plan) == {"row 2": "long_title"}


def test_a_currency_in_a_heading_or_column_counts(tmp_path: Path, words: Taxonomy) -> None:
    heading = planned(photos(), sheet(tmp_path, "SKU,Price EUR\nA,5\n"), words)
    column = planned(photos(), sheet(tmp_path, "SKU,Price,Currency\nA,$5,CAD\nB,5,gold\n"), words)
    assert heading.products[0].currency == "EUR"
    assert [draft.currency for draft in column.products] == ["CAD", None]
    assert reasons(column) == {"row 3": "bad_currency"}


def test_a_sheet_that_tells_neither_codes_nor_photos_is_refused(tmp_path: Path, words: Taxonomy) -> None:
    with pytest.raises(SheetError, match="no column for the style code and none for photo files"):
        planned(photos(), sheet(tmp_path, "Colour,Weight\nred,5\n"), words)


def test_a_mapping_for_another_sheet_is_refused(tmp_path: Path, words: Taxonomy) -> None:
    other = guess_mapping(sheet(tmp_path, "SKU,Title\nA,x\n"), words)
    with pytest.raises(SheetError, match="a column 'Title' that"):
        plan_import(photos(), sheet(tmp_path, "SKU,Name\nA,x\n"), other, taxonomy=words)


def test_what_was_turned_away_before_stays_in_the_plan(tmp_path: Path, words: Taxonomy) -> None:
    made = sheet(tmp_path, 'SKU,Title,Price\nA,x,1\nB,"open,2\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.pdf").write_bytes(b"x")
    from parure.intake import discover

    assert reasons(planned(discover([tmp_path / "in"]), made, words)) == {"x.pdf": "not_a_photo", "row 3": "open_quote"}


def test_without_a_sheet_names_tell_type_colour_and_title(words: Taxonomy) -> None:
    plan = planned(photos("earrings/rose-gold-hoops_front.jpg", "AJ-1042.jpg", "rings/white rose.jpg"), None, words)
    hoops, code, rose = plan.products
    assert (hoops.style_code, hoops.title) == ("rose-gold-hoops", "Rose gold hoops")
    assert ("metal_colour", "rose") in attributes(hoops)
    assert {item.source for item in hoops.attributes} == {"filename"}
    assert code.attributes == ()
    assert attributes(rose) == {("type", "ring")}  # "white" and "rose" alone say nothing of the metal
    assert rose.fields_given == {"photos"}


NAMES = ["a.jpg", "b.jpg", "x/a.jpg", "AJ-1.jpg", "AJ-1_2.jpg", "AJ-1-B.jpg", "é.jpg", "ring, gold.jpg"]
CELLS = st.sampled_from(["", *NAMES, "a", "gone.jpg", "a.jpg; b.jpg", "AJ-1, b.jpg"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "SKU": st.sampled_from(["", "AJ-1", "aj-1", "AJ-1-B", "x" * 101, "a\x07"]),
            "Title": st.sampled_from(["", "Ring", "Hoop"]),
            "Image": CELLS,
        }
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, names=st.lists(st.sampled_from(NAMES), unique=True))
def test_every_photo_is_in_one_product_or_in_one_rejection(
    words: Taxonomy, rows: list[dict[str, str]], names: list[str]
) -> None:
    made = Sheet("s", ("SKU", "Title", "Image"), tuple(SheetRow(n + 2, row) for n, row in enumerate(rows)), "utf-8")
    plan = planned(photos(*names), made, words)
    placed = [file.name for draft in plan.products for file in draft.photos]
    turned_away = [item.item for item in plan.rejected if item.kind == "file"]
    assert sorted(placed + turned_away) == sorted(names)
    codes = [draft.style_code.casefold() for draft in plan.products]
    assert len(set(codes)) == len(codes)
