"""Rules drafted from names and codes: the shapes of the codes, the words beside them, the share they cover."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parure.curate import KnownStyle, read_rules
from parure.curate.drafting import code_shapes, draft_rules

CODES = [f"AJ-{n}" for n in range(1000, 1040)] + [f"R{n}-{m}-7" for n in range(1200, 1210) for m in ("YG", "WG")]
CODES += [f"10-{n}" for n in range(4400, 4420)]
NAMES = [f"shop/{code}_{view}.jpg" for code in CODES for view in ("front", "vermeil", "studio", "plata_back")]


@pytest.mark.parametrize(
    ("codes", "fits", "misfits"),
    [
        (
            ["AJ-1042", "AJ-1043"],
            ["AJ-9999", "AJ 1042", "AJ1042", "x_AJ-1_AJ-1042"],
            ["BJ-1042", "AJ-10423", "AJ-1042B"],
        ),
        (["R1-YG-7", "R12-WG-7"], ["R9-WG-1", "R99YG7"], ["R123-YG-7", "R9-RG-1"]),
        (["ABC00123"], ["ABC99999"], ["ABC1", "XABC00123"]),
        ([f"{a}{b}1" for a in "ABCDE" for b in "FGHIJ"], ["ZZ7"], ["Z7", "ZZ77"]),
        (["Ж-12", "Ж-13"], ["Ж-99"], ["Z-99"]),
        (["10-4432"], ["20-1111"], ["20-11112"]),
    ],
)
def test_a_shape_fits_the_codes_like_those_it_was_made_of_and_no_others(
    codes: list[str], fits: list[str], misfits: list[str]
) -> None:
    pattern = re.compile(code_shapes(codes)[0].pattern)
    assert all(pattern.search(text) for text in [*codes, *fits])
    assert not any(pattern.search(text) for text in misfits)


def test_a_draft_can_be_read_back_and_says_what_it_covers(tmp_path: Path) -> None:
    drafted = draft_rules([*NAMES, "IMG_2041.jpg", "AJ-1000_AJ-1001.jpg"], [KnownStyle(code) for code in CODES])
    path = tmp_path / "rules.yaml"
    path.write_text(drafted.text, encoding="utf-8")
    rules = read_rules(path)
    assert [rule.name for rule in rules.style_code] == [each.name for each in drafted.shapes if not each.number]
    assert [each.codes for each in drafted.shapes] == [40, 20, 20]
    assert drafted.names == len(NAMES) + 2
    assert drafted.covered == pytest.approx(len(NAMES) / drafted.names)
    assert drafted.open == pytest.approx(1 / drafted.names)


def test_metals_of_the_taxonomy_become_rules_and_other_frequent_words_are_listed() -> None:
    drafted = draft_rules(NAMES, [KnownStyle(code) for code in CODES])
    assert ("studio", len(CODES)) in drafted.unexplained
    assert "#   studio (80 names)" in drafted.text
    assert "front" not in dict(drafted.unexplained)


def test_numbers_alone_are_written_but_not_switched_on() -> None:
    drafted = draft_rules(["10-4400.jpg"], [KnownStyle(f"10-{n}") for n in range(4400, 4420)])
    assert re.search(r"^  # shape_1: .*20 codes, 1 names; off", drafted.text, re.MULTILINE)


def test_no_names_and_codes_without_digits_make_a_plain_draft(tmp_path: Path) -> None:
    drafted = draft_rules([], [KnownStyle("LUNA")])
    assert (drafted.shapes, drafted.names, drafted.covered) == ((), 0, 0)
