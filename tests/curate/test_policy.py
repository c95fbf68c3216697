"""A policy: the first rule that fits decides, and what is wrong with a file is told with line and field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parure.curate.policy import OTHERWISE, REASONS, Case, Policy, Ruled, Ruling, rule_on
from parure.curate.policy_yaml import default_policy, policy_template, read_policy, read_policy_settings
from parure.curate.quality import quality_facts
from parure.curate.rules import default_rules
from parure.curate.values import Measures, Reason, Verdict
from parure.errors import IntakeError

DOCS = Path(__file__).parents[2] / "docs"
RULES = default_rules()
KEEP = Case("acme/a.jpg", Verdict.KEEP, (Reason("written", "It is AJ-1."),), named=True)


def policy(tmp_path: Path, text: str) -> Policy:
    return read_policy(written(tmp_path, text), tuple(RULES.quality.rules))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def case(verdict: Verdict, code: str, **more: bool) -> Case:
    return Case("a.jpg", verdict, (Reason(code, f"Because of {code}."),), **more)


def measured(side: int, **scores: float) -> Case:
    facts = quality_facts(Measures(side, side, {"sharpness": 1.0, **scores}, "white"), RULES.quality)
    return Case("a.jpg", Verdict.KEEP, (Reason("written", "It is AJ-1."),), measured=facts)


def test_the_first_rule_that_fits_decides(tmp_path: Path) -> None:
    told = policy(tmp_path, "rules:\n  one: {when: keep, then: queue}\n  two: {when: keep, then: approve}\n")
    assert rule_on(KEEP, told) == Ruled(Ruling.QUEUE, "one", KEEP.reasons[0])


def test_what_no_rule_fits_is_queued_unless_the_policy_says_otherwise(tmp_path: Path) -> None:
    rules = "rules:\n  one: {when: duplicate, then: reject}\n"
    assert rule_on(KEEP, policy(tmp_path, rules)).ruling is Ruling.QUEUE
    told = rule_on(KEEP, policy(tmp_path, f"{rules}otherwise: approve\n"))
    assert (told.ruling, told.rule) == (Ruling.APPROVE, OTHERWISE)


def test_a_rule_says_its_own_reason(tmp_path: Path) -> None:
    told = policy(tmp_path, "rules:\n  small: {when: shorter_side < 800, then: reject, say: Too small.}\n")
    assert rule_on(measured(700), told) == Ruled(Ruling.REJECT, "small", Reason("small", "Too small."))
    assert rule_on(measured(800), told).rule == OTHERWISE


def test_path_and_condition_have_to_fit_both(tmp_path: Path) -> None:
    told = policy(tmp_path, "rules:\n  new: {path: 'ACME/*', when: keep, then: queue}\notherwise: approve\n")
    assert rule_on(KEEP, told).rule == "new"
    assert rule_on(case(Verdict.KEEP, "written"), told).rule == OTHERWISE
    assert rule_on(Case("acme/b.jpg", Verdict.REVIEW, KEEP.reasons), told).rule == OTHERWISE


def test_rules_speak_of_measures_and_of_the_rules_file(tmp_path: Path) -> None:
    told = policy(tmp_path, "rules:\n  fit: {when: usable and not blurred, then: approve}\n")
    assert rule_on(measured(900), told).rule == "fit"
    assert rule_on(measured(900, sharpness=0.0), told).rule == OTHERWISE


def test_a_quality_rule_called_review_does_not_hide_the_verdict(tmp_path: Path) -> None:
    told = policy(tmp_path, "rules:\n  unsure: {when: review, then: reject}\notherwise: approve\n")
    assert rule_on(measured(900, sharpness=0.0), told).ruling is Ruling.APPROVE
    assert rule_on(case(Verdict.REVIEW, "no_code"), told).ruling is Ruling.REJECT


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        (KEEP, "fit"),
        (case(Verdict.DUPLICATE, "same_bytes"), "known_file"),
        (case(Verdict.DUPLICATE, "same_picture"), "known_picture"),
        (case(Verdict.DUPLICATE, "same_picture", larger=True), "better_copy"),
        (case(Verdict.DUPLICATE, "same_picture", larger=True, other_style=True), "other_name"),
        (case(Verdict.REJECT, "truncated"), "unfit"),
        (case(Verdict.REVIEW, "two_styles"), "unsure"),
    ],
)
def test_the_policy_that_is_shipped_rules_on_every_verdict(asked: Case, rule: str) -> None:
    assert rule_on(asked, default_policy(tuple(RULES.quality.rules))).rule == rule


def test_the_examples_in_the_shipped_policy_are_right_once_uncommented(tmp_path: Path) -> None:
    text = re.sub(r"^  # ((?:too_small|new_vendor):|  )", r"  \1", policy_template(), flags=re.MULTILINE)
    told = policy(tmp_path, text)
    assert [rule.name for rule in told.rules[:2]] == ["too_small", "new_vendor"]
    assert told.rules[1].path == "acme/*"


def test_every_reason_of_the_pages_can_be_asked_for() -> None:
    pages = [DOCS / f"curate-{name}.md" for name in ("names", "scan")]
    rows = [re.match(r"\| (`[^|]+`) \|", line) for page in pages for line in page.read_text().splitlines()]
    codes = {code for row in rows if row for code in re.findall(r"`([a-z_]+)`", row[1])}
    sections = {"normalise", "style_code", "vendor_sku", "metal", "view", "sequence", "ignore", "usable", "unusable"}
    zipped = {"unsafe_path", "linked_file", "encrypted", "unsupported_compression", "too_large", "expands_too_much"}
    assert codes - sections - zipped <= REASONS
    assert {"no_code", "typo", "truncated", "unreadable_folder"} <= codes


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "policy.yaml is empty"),
        ("rules:\n", "has no rules"),
        ("rule:\n  a: {when: keep, then: approve}\n", "line 2: there is no 'rule'. Did you mean 'rules'?"),
        ("rules:\n  a:\n    when: keep\n", "line 3: a does not say `then:`, one of approve, reject, queue"),
        ("rules:\n  a:\n    then: queue\n", "line 3: a says neither `when:` nor `path:`"),
        (
            "rules:\n  a:\n    when: keep\n    then: keep\n",
            "line 4: a: then is one of approve, reject, queue, not 'keep'",
        ),
        ("rules:\n  a:\n    wen: keep\n    then: queue\n", "line 3: a: there is no 'wen'. Did you mean 'when'?"),
        ("rules:\n  a:\n    when: blured\n    then: queue\n", "line 3: a: when: there is no 'blured' at character 1"),
        ("rules:\n  a:\n    when: keep and\n    then: queue\n", "line 3: a: when: something is missing"),
        ("rules:\n  a:\n    when: xyzzy\n    then: queue\n", "lists the words a rule may use"),
        ("rules:\n  a: keep\n", "line 2: a has to hold lines"),
        ("rules:\n  person: {when: keep, then: queue}\n", "'person' has a meaning of its own"),
        ("rules:\n  a: {when: keep, then: queue}\notherwise: [queue, reject]\n", "otherwise is one of"),
        ("rules:\n  a: {when: keep, then: queue}\n  a: {when: keep, then: queue}\n", "stands here twice"),
        ("rules:\n  a: {when: keep, then: queue\n", "is not YAML"),
    ],
)
def test_what_is_wrong_with_a_policy_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(IntakeError, match=re.escape(told)) as caught:
        policy(tmp_path, text)
    assert str(caught.value).startswith("policy.yaml")


def test_settings_name_files_beside_the_policy(tmp_path: Path) -> None:
    told = read_policy_settings(
        written(tmp_path, "settings:\n  to: out\n  sheet: /s.csv\n  every: 2.5\n  settle:\n  see: yes\n")
    )
    assert (told.to, told.sheet, told.every, told.settle, told.see) == (
        tmp_path / "out", Path("/s.csv"), 2.5, None, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("settings:\n  every: soon\n", "line 2: every is a number of seconds, such as 10, not 'soon'"),
        ("settings:\n  settle: -1\n", "line 2: settle is a number of seconds"),
        ("settings:\n  too: out\n", "line 2: settings: there is no 'too'. Did you mean 'to'?"),
        ("settings:\n  see: perhaps\n", "line 2: see is yes or no, not 'perhaps'"),
        ("settings: [a]\n", "line 1: settings has to hold lines"),
    ],
)
def test_wrong_settings_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(IntakeError, match=re.escape(told)):
        read_policy_settings(written(tmp_path, text))
