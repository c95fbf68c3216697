"""The language that joins measures: what it means, and how mistakes are told."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.curate.quality_words import BadRule, Facts, Kind, parse_expression

KIND = Kind(
    flags=frozenset({"blurred", "sharp", "cut", "usable"}),
    numbers=frozenset({"sharpness", "cut", "width", "jewellery"}),
    backgrounds=frozenset({"white", "plain", "scene", "worn"}),
)
FACTS = Facts({"blurred": False, "sharp": True, "cut": True}, {"sharpness": 0.5, "cut": 0.3, "width": 800}, "white")


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("white", True),
        ("white background", True),
        ("White Background and SHARP", True),
        ("plain", False),
        ("background is white", True),
        ("background is not white", False),
        ("background == scene", False),
        ("white background and not cut and sharp", False),
        ("white and (not cut or sharp)", True),
        ("not cut or sharp", True),
        ("not (cut or sharp)", False),
        ("not not cut", True),
        ("blurred or cut and sharp", True),
        ("cut and blurred or sharp", True),
        ("cut and (blurred or not sharp)", False),
        ("sharpness > 0.4", True),
        ("sharpness > .5", False),
        ("sharpness >= 50%", True),
        ("0.4 < sharpness", True),
        ("cut < 0.2", False),
        ("cut and cut > 0.2", True),
        ("width >= 600 and width < 1000", True),
        ("width != 800", False),
        ("sharpness > cut", True),
    ],
)
def test_a_rule_means_what_it_says(rule: str, holds: bool) -> None:
    assert parse_expression(rule, KIND).holds(FACTS) is holds


@pytest.mark.parametrize("rule", ["jewellery > 0.5", "jewellery < 0.5", "usable"])
def test_of_what_was_not_measured_nothing_is_claimed(rule: str) -> None:
    assert not parse_expression(rule, KIND).holds(FACTS)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("", "the rule is empty"),
        ("   ", "the rule is empty"),
        ("white and", "something is missing before the end of the rule"),
        ("and white", "something is missing before 'and' at character 1"),
        ("white sharp", "'sharp' at character 7 is one too many"),
        ("white and (sharp", '")" is missing before the end'),
        ("white)", "')' at character 6 is one too many"),
        ("sharpnes > 0.4", "Did you mean 'sharpness'?"),
        ("blured", "there is no 'blured' at character 1. Did you mean 'blurred'?"),
        ("zzz", "there is no 'zzz' at character 1. There is: blurred"),
        ("sharpness", "'sharpness' at character 1 is a number: compare it"),
        ("sharpness > blurred", "'blurred' at character 13 is yes or no"),
        ("sharpness >", "a number or a measure should stand where the end of the rule is"),
        ("0.4", "a number has to be compared"),
        ("background white", '"background" needs "is" before \'white\''),
        ("background is green", "should stand where 'green' at character 15 is: plain, scene, white, worn"),
        ("sharpness = 0.4", "'=' at character 11 is no part of a rule. Write \"is\" or =="),
        ("white & sharp", "Write \"and\""),
        ("__import__('os')", "\"'\" at character 12 is no part of a rule"),
        ("white.real", "'.' at character 6 is no part of a rule"),
        ("(" * 60 + "white" + ")" * 60, "more than 40 brackets"),
        ("not " * 60 + "white", "more than 40 brackets"),
        ("x" * 2000, "1000 are allowed"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(rule: str, told: str) -> None:
    with pytest.raises(BadRule) as error:
        parse_expression(rule, KIND)
    assert told in str(error.value)


@given(st.lists(st.sampled_from([*KIND.flags, *KIND.numbers, "and", "or", "not", "(", ")", "<", "0.5", "is", "white"])))
def test_whatever_is_written_either_holds_or_is_refused(words: list[str]) -> None:
    try:
        rule = parse_expression(" ".join(words), KIND)
    except BadRule:
        return
    assert rule.holds(FACTS) in {True, False}


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    with contextlib.suppress(BadRule):
        assert parse_expression(text, KIND).text == text.strip()


def test_a_rule_tells_what_it_speaks_of() -> None:
    assert parse_expression("white and not cut and sharpness > 0.4 and white", KIND).names == (
        "white",
        "cut",
        "sharpness",
    )
