"""One name: what is assigned, what goes to review, and what a name says beside the code."""

from __future__ import annotations

import pytest

from parure.curate import FoundBy, KnownStyle, NameReading, NameVerdict, StyleIndex, default_rules, parse_name

CODES = [
    "AJ-1043",
    "AJ-2019",
    "R1234-YG-7",
    "R1234",
    "10-4432",
    "ABC00123",
    "PX204",
    "PX204A",
    "S1100/2",
    "200703",
    "77",
    "R7",
]
STYLES = [
    KnownStyle("AJ-1042", ("VS123456",)),
    KnownStyle("10-2019", ("VS777777",)),
    *(KnownStyle(code) for code in (*CODES, "R7")),
]
RULES = default_rules()
INDEX = StyleIndex(STYLES, RULES.normalise)


def read(name: str) -> NameReading:
    return parse_name(name, RULES, INDEX)


@pytest.mark.parametrize(
    ("name", "style", "found_by"),
    [
        ("AJ-1042_YG_front (2) FINAL.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("aj_1042 side.JPG", "AJ-1042", FoundBy.RESPELLED),
        ("AJ1042YG3.jpeg", "AJ-1042", FoundBy.RESPELLED),
        ("front - AJ 1042.png", "AJ-1042", FoundBy.RESPELLED),
        ("AJ-1O42.jpg", "AJ-1042", FoundBy.LOOKALIKE),
        ("АЈ-1042.jpg", "AJ-1042", FoundBy.LOOKALIKE),  # Cyrillic letters
        ("ＡＪ－１０４２_正面.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("AJ–١٠٤٢.jpg", "AJ-1042", FoundBy.WRITTEN),  # Arabic digits behind an en dash
        ("AJ-\u200b1042.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("abc123.jpg", "ABC00123", FoundBy.RESPELLED),
        ("104432-2.jpg", "10-4432", FoundBy.RESPELLED),
        ("S1100_2_3.jpg", "S1100/2", FoundBy.RESPELLED),
        ("px204a 1.jpg", "PX204A", FoundBy.WRITTEN),
        ("R1234-YG-7 back.jpg", "R1234-YG-7", FoundBy.WRITTEN),
        ("2019-04-12_AJ-1042_3.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("20190412_153012_AJ-1042.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("20151019_10-4432_01.jpg", "10-4432", FoundBy.WRITTEN),
        ("AJ-1042_AJ-1042_b.jpg", "AJ-1042", FoundBy.WRITTEN),
        ("VS123456_2.jpg", "AJ-1042", FoundBy.VENDOR_SKU),
        ("AJ-1042/IMG_2041.jpg", "AJ-1042", FoundBy.FOLDER),
        ("AJ-1042.jpg.jpg", "AJ-1042", FoundBy.WRITTEN),
    ],
)
def test_one_known_code_is_assigned_however_it_is_spelled(name: str, style: str, found_by: FoundBy) -> None:
    reading = read(name)
    assert (reading.verdict, reading.style) == (NameVerdict.ASSIGNED, style)
    assert reading.candidates[0].found_by is found_by
    assert reading.reasons


@pytest.mark.parametrize(
    ("name", "reason", "styles"),
    [
        ("AJ-1042_AJ-1043.jpg", "two_styles", {"AJ-1042", "AJ-1043"}),
        ("AJ-1042 & abc123.jpg", "two_styles", {"AJ-1042", "ABC00123"}),
        ("R1234_YG_7.jpg", "two_styles", {"R1234", "R1234-YG-7"}),
        ("AJ-1042 200703.jpg", "two_styles", {"AJ-1042", "200703"}),
        ("AJ-1042_AJ-1999.jpg", "unknown_code", {"AJ-1042"}),
        ("R1234-YG-8.jpg", "unknown_code", {"R1234"}),
        ("AJ-1024_1.jpg", "typo", {"AJ-1042"}),
        ("AJ-1042B.jpg", "glued", {"AJ-1042"}),
        ("AJ 10_42.jpg", "split", {"AJ-1042"}),
        ("10-2019.jpg", "date", {"10-2019"}),
        ("200703_2.jpg", "date", {"200703"}),
        ("12-10-2019.jpg", "in_date", {"10-2019"}),
        ("AJ 2019 catalogue.jpg", "date", {"AJ-2019"}),
        ("IMG_104432.jpg", "counter", {"10-4432"}),
        ("ring 77.jpg", "short", {"77"}),
        ("AJ-1043/AJ-1042.jpg", "folder_disagrees", {"AJ-1042", "AJ-1043"}),
        ("AJ-1043 VS123456.jpg", "sku_disagrees", {"AJ-1042", "AJ-1043"}),
    ],
)
def test_what_is_not_certain_goes_to_review_with_its_reason(name: str, reason: str, styles: set[str]) -> None:
    reading = read(name)
    assert (reading.verdict, reading.style) == (NameVerdict.AMBIGUOUS, None)
    assert reading.reasons[0].code == reason
    assert {each.code for each in reading.candidates} == styles


@pytest.mark.parametrize(
    "name", ["size chart.jpg", "IMG_9999.jpg", "SS-2020 lookbook.jpg", "", "....jpg", "кольцо.jpg", "AJ-1999.jpg"]
)
def test_a_name_without_a_known_code_matches_nothing(name: str) -> None:
    reading = read(name)
    assert (reading.verdict, reading.style, reading.candidates) == (NameVerdict.UNMATCHED, None, ())


def test_a_slip_of_the_pen_is_assigned_when_folder_or_vendor_number_agree() -> None:
    assert read("AJ-1042/AJ-1024_1.jpg").style == "AJ-1042"
    assert read("AJ-1024 VS123456.jpg").style == "AJ-1042"
    assert read("AJ-1043/AJ-1024 VS123456.jpg").style is None


def test_a_date_that_is_a_code_needs_a_clue_that_is_no_date_itself() -> None:
    assert read("10-2019 VS777777.jpg").style == "10-2019"
    assert read("10-2019/10-2019_2.jpg").style is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AJ-1042_YG_front_02 (3) FINAL.jpg", ("yellow_gold", "front", 2, 3, True)),
        ("AJ-1042 14k rose gold closeup 16in.jpg", ("rose_gold", "detail", None, None, None)),
        ("AJ-1042WG7 - Copy.jpg", ("white_gold", None, 7, 1, None)),
        ("AJ-1042_925_2019-04-12_4 size chart.jpg", ("silver", None, 4, None, False)),
        ("AJ-1042 YG WG draft final.jpg", (None, None, None, None, False)),
        ("rotgold AJ-1042 kopie (2).jpg", ("rose_gold", None, None, 2, None)),
    ],
)
def test_the_rest_of_a_name_tells_metal_view_number_copy_and_use(name: str, expected: tuple[object, ...]) -> None:
    reading = read(name)
    assert reading.style == "AJ-1042"
    assert (reading.metal, reading.view, reading.sequence, reading.copy, reading.usable) == expected


def test_the_longest_names_and_bytes_that_are_no_text_are_read() -> None:
    assert read("AJ-1042" + "_x" * 124 + ".jpg").style == "AJ-1042"
    assert read("x" * 300 + "AJ-1042.jpg").reasons[-1].code == "long_name"
    assert read("AJ-1042\udcff\udce9_\x00.jpg").style == "AJ-1042"
    assert read("1" * 255).verdict is NameVerdict.UNMATCHED
