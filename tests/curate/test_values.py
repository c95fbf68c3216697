"""The values of archive clean-up keep their promises; a plan's line survives being written and edited."""

from __future__ import annotations

import pytest

from parure.curate import Judgement, PlanEntry, Reason, Verdict
from parure.errors import IntakeError

WHY = (Reason("same_bytes", "The same bytes as a.jpg."),)


def test_a_plan_entry_comes_back_from_its_line() -> None:
    entry = PlanEntry("б/x\n.jpg", "ab" * 32, Verdict.DUPLICATE, None, "AJ-1042", "a.jpg", WHY)
    line = entry.to_line()
    assert "\n" not in line
    assert PlanEntry.from_line(line, where="plan.jsonl, line 1") == entry


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "is not a line of a plan"), ("[]", "is not a line of a plan"), ("{}", "is not a line of a plan"),
        ('{"source": "a", "sha256": "b", "target": null, "verdict": "burn"}', "'burn'"),
        ('{"source": "a", "sha256": "b", "target": null, "verdict": "keep", "colour": 1}', "unknown field colour"),
        ('{"source": 7, "sha256": "b", "target": null, "verdict": "keep"}', "source has to be a text"),
        ('{"source": "a", "sha256": "b", "target": 7, "verdict": "keep"}', "target has to be a text"),
    ],
)  # fmt: skip
def test_an_edited_line_that_is_wrong_is_told_with_its_place(line: str, told: str) -> None:
    with pytest.raises(IntakeError, match=r"plan\.jsonl, line 3") as error:
        PlanEntry.from_line(line, where="plan.jsonl, line 3")
    assert told in str(error.value)


def test_a_judgement_needs_a_reason_and_only_a_duplicate_names_another_file() -> None:
    with pytest.raises(ValueError, match="reason"):
        Judgement("a.jpg", Verdict.KEEP, ())
    with pytest.raises(ValueError, match="duplicate"):
        Judgement("a.jpg", Verdict.DUPLICATE, WHY)
    with pytest.raises(ValueError, match="duplicate"):
        Judgement("a.jpg", Verdict.KEEP, WHY, duplicate_of="b.jpg")
