"""The rules file: what a person may write, and how a fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.curate import KnownStyle, NameVerdict, Rules, StyleIndex, default_rules, parse_name, read_rules
from parure.curate.rules_patterns import BadPattern, compile_pattern
from parure.errors import IntakeError

STYLES = [KnownStyle("AJ-1042"), KnownStyle("SOL-7"), KnownStyle("LUNA")]


def rules(tmp_path: Path, text: str | bytes) -> Rules:
    path = tmp_path / "rules.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_rules(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("normalise:\n  case: [true\nmetal:\n", "line 3 is not YAML"),
        ('style_code:\n  a: "AJ-\\d{4}"\n', "line 2 is not YAML: found unknown escape character 'd'. Put pat"),
        ("metals:\n  gold: 'YG'\n", "line 2: there is no 'metals'. Did you mean 'metal'?"),
        ("normalise:\n  cases: true\n", "line 2: there is no 'cases'. Did you mean 'case'?"),
        ("normalise:\n  case: maybe\n", "line 2: case is true or false, not 'maybe'"),
        ("view:\n  front: 'front'\n  back: '(back'\n", "line 3: back: '(back' is not a regular expression"),
        ("view:\n  front: 'x*'\n", "line 2: front: 'x*' also matches nothing"),
        ("style_code:\n  a: '(\\w+ ?)*x'\n", "line 2: a: '(\\\\w+ ?)*x' could take minutes"),
        ("view:\n  front: a\n  front: b\n", "line 3: 'front' stands here twice"),
        ("view: [front, back]\n", "line 1: write each rule of view as `name: 'pattern'`"),
        ("view:\n  front: [a, b]\n", "line 2: 'front' has to be one text"),
        ("usable:\n  final: yes\n", "line 2: usable is a list of words"),
        ("usable: [Final]\nunusable: [final]\n", "final cannot be both usable and unusable"),
        ("- a\n- b\n", "has to consist of sections"),
        ("", "is empty"),
        (b"view:\n  front: '\xff'\n", "line 2 is not UTF-8"),
        ("view:\n  front: '\x01'\n", "is not YAML"),
        ("a: &a [x]\n? {b: c}\n: d\n", "a name has to be a plain word"),
        ("[" * 5000, "is not YAML"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(IntakeError) as error:
        rules(tmp_path, text)
    assert told in str(error.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        read_rules(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|aa)+b", "(a?){50}x", ".*.*.*x", "(?:(?:a*)b*)*", r"(\w|\d\w)*x", "(a*)(?=b+)c*d*e*x", "a" * 2000],
)
def test_patterns_that_could_run_for_minutes_are_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compile_pattern("x", pattern, ignore_case=True, words=False)


@pytest.mark.parametrize(
    "pattern",
    [r"AJ-?\d{4}", r"^(?P<code>\d{4})_(?=[A-Z]{2}_)", r"(YG|WG)?x.*y", r"(?:-[A-Z]{2}){1,3}", r"(?>a+)b", r"a++b"],
)
def test_usual_patterns_pass(pattern: str) -> None:
    assert compile_pattern("x", pattern, ignore_case=True, words=False).name == "x"


def test_a_rule_extracts_codes_that_names_write_in_their_own_way(tmp_path: Path) -> None:
    own = rules(tmp_path, "style_code:\n  bare: '(?P<code>SOL\\d)x'\n  word: 'LUNA'\n")
    index = StyleIndex(STYLES, own.normalise)
    assert parse_name("SOL7x9.jpg", own, index).style == "SOL-7"
    assert parse_name("luna front.jpg", own, index).style == "LUNA"
    assert parse_name("SOL8x.jpg", own, index).reasons[0].code != "no_code"
    assert parse_name("AJ-1042 SOL9x.jpg", own, index).reasons[0].code == "unknown_code"


def test_an_unmatched_vendor_number_is_still_extracted(tmp_path: Path) -> None:
    own = rules(tmp_path, "vendor_sku:\n  acme: 'VS\\d{6}'\n")
    reading = parse_name("AJ-1042 VS999999.jpg", own, StyleIndex(STYLES, own.normalise))
    assert (reading.style, reading.vendor_sku) == ("AJ-1042", "VS999999")


@pytest.mark.parametrize(
    ("switch", "name"),
    [
        ("case", "aj-1042"),
        ("dashes", "AJ1042"),
        ("lookalikes", "AJ-1O42"),
        ("unicode", "ＡＪ-1042"),
        ("leading_zeros", "AJ-01042"),
    ],
)
def test_a_normaliser_can_be_switched_off(tmp_path: Path, switch: str, name: str) -> None:
    on, off = default_rules(), rules(tmp_path, f"normalise:\n  {switch}: false\n")
    assert parse_name(name, on, StyleIndex(STYLES, on.normalise)).verdict is NameVerdict.ASSIGNED
    assert parse_name(name, off, StyleIndex(STYLES, off.normalise)).verdict is not NameVerdict.ASSIGNED


def test_yaml_words_that_are_no_texts_stay_texts(tmp_path: Path) -> None:
    assert rules(tmp_path, "view:\n  no: no\nusable: [yes, 2024, null]\n").usable == ("yes", "2024", "null")
