"""Photos without a sheet: which of them show one piece."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.intake.grouping import group_photos
from parure.intake.names import MAX_CODE, strip_marks, style_code_from, title_from
from tests.intake.made import photos


def grouped(*names: str, by: Literal["stem", "folder"] = "stem") -> dict[str, list[str]]:
    return {group.code: [file.name for file in group.photos] for group in group_photos(photos(*names).files, by)}


def test_views_copies_and_numbers_of_one_piece_come_together_cover_first() -> None:
    assert grouped(
        "AJ-1042-side FINAL.jpg", "AJ-1042 (3).jpg", "AJ-1042_2.jpg", "AJ-1042_front.jpg", "AJ-1042.jpg"
    ) == {
        "AJ-1042": [
            "AJ-1042_front.jpg",
            "AJ-1042.jpg",
            "AJ-1042_2.jpg",
            "AJ-1042 (3).jpg",
            "AJ-1042-side FINAL.jpg",
        ]
    }


@pytest.mark.parametrize(
    ("stem", "left"),
    [
        ("AJ-1042_front", "AJ-1042"),
        ("AJ-1042-close-up", "AJ-1042"),
        ("AJ-1042_detail_02", "AJ-1042"),
        ("AJ-1042 - Copy", "AJ-1042"),
        ("AJ-1042_back_edited_copy2", "AJ-1042"),
        ("AJ-1042 (3)", "AJ-1042"),
        ("IMG_2041", "IMG_2041"),
        ("front", "front"),
        ("Ring (2)", "Ring (2)"),
        ("open-back", "open"),
        ("halter-left", "halter-left"),
        ("AJ-1042B", "AJ-1042B"),
        ("_front", "_front"),
    ],
)
def test_only_known_endings_are_taken_off(stem: str, left: str) -> None:
    assert strip_marks(stem) == left


@pytest.mark.parametrize(
    "names",
    [
        ("IMG_2041.jpg", "IMG_2042.jpg"),
        ("R-1.jpg", "R-2.jpg", "R-3.jpg"),
        ("Ring (1).jpg", "Ring (2).jpg"),
        ("AJ-1042_2.jpg", "AJ-1043_2.jpg"),
        ("AJ-100_2.jpg", "AJ-100_5.jpg"),
        ("Screenshot 2024-05-01.jpg", "Screenshot 2024-05-02.jpg"),
        tuple(f"AJ-9 {number}.jpg" for number in range(1, 31)),
    ],
)
def test_a_number_that_may_be_the_pieces_own_keeps_pieces_apart(names: tuple[str, ...]) -> None:
    assert len(grouped(*names)) == len(names)


def test_numbers_that_count_from_the_start_behind_a_code_are_views() -> None:
    assert list(grouped("AJ-1042_1.jpg", "AJ-1042_2.jpg", "AJ-1042_03.jpg")) == ["AJ-1042"]


def test_photos_are_ordered_as_people_count() -> None:
    names = ["A-100_10.jpg", "A-100_9.jpg", "A-100_main.jpg", "A-100.jpg"]
    assert grouped(*names)["A-100"] == ["A-100_main.jpg", "A-100.jpg", "A-100_9.jpg", "A-100_10.jpg"]


def test_a_code_in_two_folders_is_one_piece_but_a_camera_name_is_two() -> None:
    assert list(grouped("raw/AJ-1042.jpg", "edit/aj-1042.png")) == ["AJ-1042"]
    assert list(grouped("d1/IMG_0001.jpg", "d2/IMG_0001.jpg")) == ["d1/IMG_0001", "d2/IMG_0001"]
    assert list(grouped("rings/1.jpg", "chains/1.jpg")) == ["rings/1", "chains/1"]


def test_a_file_that_names_only_a_view_belongs_to_its_folder() -> None:
    assert grouped("solitaire/front.jpg", "solitaire/back.jpg", "AJ-1042/1.jpg", "AJ-1042/2.jpg") == {
        "solitaire": ["solitaire/front.jpg", "solitaire/back.jpg"],
        "AJ-1042": ["AJ-1042/1.jpg", "AJ-1042/2.jpg"],
    }


def test_by_folder_each_folder_is_a_piece_and_loose_photos_go_by_name() -> None:
    assert grouped("x/a.jpg", "x/b.jpg", "loose_front.jpg", "loose.jpg", by="folder") == {
        "x": ["x/a.jpg", "x/b.jpg"],
        "loose": ["loose_front.jpg", "loose.jpg"],
    }
    assert list(grouped("rings/x/1.jpg", "chains/x/1.jpg", by="folder")) == ["rings/x", "chains/x"]


def test_one_name_in_two_unicode_forms_is_one_piece() -> None:
    assert len(grouped("cre\u0301ole_front.jpg", "cr\u00e9ole_back.jpg")) == 1


def test_a_style_code_made_of_a_long_or_strange_name_is_usable() -> None:
    long = style_code_from("x" * 300)
    assert len(long) == MAX_CODE
    assert long != style_code_from("x" * 301)
    assert style_code_from("a\nb\x07c") == "a b c"
    assert style_code_from("\x07") == "unnamed"


@pytest.mark.parametrize(
    ("stem", "title"),
    [("gold-hoop_earrings", "Gold hoop earrings"), ("AJ-1042", "AJ-1042"), ("IMG_2041", "IMG 2041"), ("été", "Été")],
)
def test_titles_are_readable(stem: str, title: str) -> None:
    assert title_from(stem) == title


WORDS = st.sampled_from(
    ["AJ-1042", "aj-1042", "ring", "front", "1", "2", "(3)", "copy", "IMG_1", "final", "été", "rose gold"]
)
STEMS = st.lists(WORDS, min_size=1, max_size=4).map("_".join) | st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda stem: stem.strip(". ") != "")
FOLDERS = st.sampled_from(["", "a/", "AJ-1042/", "a/b/", "rings 2024/"])
NAMES = st.lists(st.tuples(FOLDERS, STEMS).map(lambda pair: f"{pair[0]}{pair[1]}.jpg"), unique=True, max_size=25)


@given(NAMES, st.sampled_from(["stem", "folder"]))
def test_no_photo_is_lost_or_doubled(names: list[str], by: Literal["stem", "folder"]) -> None:
    groups = group_photos(photos(*names).files, by)
    assert sorted(file.name for group in groups for file in group.photos) == sorted(names)
    assert len({group.code.casefold() for group in groups}) == len(groups)
    assert all(0 < len(group.code) <= MAX_CODE and group.label for group in groups)


@given(NAMES)
def test_groups_do_not_depend_on_the_order_of_the_photos(names: list[str]) -> None:
    def sets(files: list[str]) -> set[frozenset[str]]:
        return {frozenset(file.name for file in group.photos) for group in group_photos(photos(*files).files, "stem")}

    assert sets(names) == sets(names[::-1])
