"""What a file's neighbours add to its name."""

from __future__ import annotations

from parure.curate import KnownStyle, NameReading, NameVerdict, StyleIndex, default_rules, read_archive

STYLES = [KnownStyle(code) for code in ("AJ-1042", "AJ-1043", "AJ-2000")]


def read(*paths: str) -> dict[str, NameReading]:
    rules = default_rules()
    return {each.path: each for each in read_archive(paths, rules, StyleIndex(STYLES, rules.normalise))}


def test_a_slip_that_is_the_missing_number_of_a_set_is_assigned() -> None:
    found = read("AJ-2000_1.jpg", "AJ-200_2.jpg", "AJ-2000_3.jpg")
    assert found["AJ-200_2.jpg"].style == "AJ-2000"
    assert found["AJ-200_2.jpg"].reasons[0].code == "neighbours"


def test_the_same_slip_twice_may_be_a_style_that_the_sheet_lacks() -> None:
    found = read("AJ-2000_1.jpg", "AJ-2001_2.jpg", "AJ-2001_4.jpg", "AJ-2000_3.jpg")
    assert found["AJ-2001_2.jpg"].verdict is NameVerdict.AMBIGUOUS


def test_a_slip_in_another_folder_or_of_another_habit_is_not_assigned() -> None:
    assert read("a/AJ-2000_1.jpg", "b/AJ-200_2.jpg")["b/AJ-200_2.jpg"].style is None
    assert read("AJ-2000_1.jpg", "shop AJ-200 2.jpg")["shop AJ-200 2.jpg"].style is None


def test_a_slip_whose_number_is_taken_is_not_assigned() -> None:
    assert read("AJ-2000_1.jpg", "AJ-2000_2.jpg", "AJ-200_2.jpg")["AJ-200_2.jpg"].style is None


def test_a_lone_code_that_completes_a_neighbouring_set_is_questioned() -> None:
    found = read("AJ-1042_1.jpg", "AJ-1042_2.jpg", "AJ-1043_3.jpg", "AJ-1042_4.jpg")
    stray = found["AJ-1043_3.jpg"]
    assert (stray.verdict, stray.reasons[0].code) == (NameVerdict.AMBIGUOUS, "stray")
    assert {each.code for each in stray.candidates} == {"AJ-1042", "AJ-1043"}
    assert found["AJ-1042_4.jpg"].style == "AJ-1042"


def test_two_whole_sets_side_by_side_are_both_assigned() -> None:
    found = read("AJ-1042_1.jpg", "AJ-1042_2.jpg", "AJ-1043_1.jpg", "AJ-1043_2.jpg", "AJ-1043_3.jpg")
    assert all(each.verdict is NameVerdict.ASSIGNED for each in found.values())


def test_readings_come_in_the_order_of_the_paths_and_progress_is_told() -> None:
    told: list[int] = []
    rules = default_rules()
    paths = [f"AJ-1042_{n}.jpg" for n in range(2000)]
    readings = read_archive(paths, rules, StyleIndex(STYLES, rules.normalise), progress=told.append)
    assert [each.path for each in readings] == paths
    assert told == [1000, 2000]
