"""Judgements become lines of a plan: names by the template, the same in every run; clashes go to a person."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from parure.curate import PlanEntry, Verdict
from parure.curate.judging import Judged
from parure.curate.plan import check_plan, write_plan
from parure.curate.planning import Scheme, held_targets, plan_entries
from parure.curate.planning_counts import PlanCounts, counted
from parure.curate.template import DEFAULT_TEMPLATE, parse_template
from parure.errors import ImageReason
from tests.curate.judged import copies, digest, judge, photo, refused

CATEGORIES = {"AJ-1001": "rings", "AJ-1002": "necklaces"}


def plan(
    judged: Mapping[str, Judged], template: str = DEFAULT_TEMPLATE, held: list[PlanEntry] | None = None
) -> dict[str, PlanEntry]:
    scheme = Scheme(parse_template(template), CATEGORIES, held_targets(held or []))
    return {entry.source: entry for entry in plan_entries(list(judged.values()), scheme)}


def test_kept_photos_are_named_and_all_others_are_not(tmp_path: Path) -> None:
    files = [
        photo("AJ-1001_YG_front.jpg"), photo("x/AJ-1001 front YG.jpg"), photo("AJ-1002.jpg", "x"), photo("b.jpg", "x"),
        photo("IMG_1.jpg"), refused("list.csv", "sheet", read=False), refused("a.jpg", ImageReason.EMPTY),
    ]  # fmt: skip
    entries = plan(judge(files, copies("AJ-1002.jpg", "b.jpg")))
    assert {entry.source: entry.target for entry in entries.values() if entry.target} == {
        "AJ-1001_YG_front.jpg": "rings/AJ-1001_yellow_gold_front_1.jpg",
        "x/AJ-1001 front YG.jpg": "rings/AJ-1001_yellow_gold_front_2.jpg",
        "AJ-1002.jpg": "necklaces/AJ-1002_1.jpg",
    }
    assert (entries["b.jpg"].duplicate_of, entries["b.jpg"].style_code) == ("AJ-1002.jpg", "AJ-1002")
    assert (entries["AJ-1001_YG_front.jpg"].category, entries["AJ-1001_YG_front.jpg"].view) == ("rings", "front")
    assert all(entry.reasons for entry in entries.values())
    write_plan(tmp_path / "plan.jsonl", entries.values())
    assert check_plan(tmp_path / "plan.jsonl").faults == ()  # the sheet was never read, has no hash, and stays


def test_a_style_whose_kind_the_sheet_does_not_tell_is_kept_unsorted_and_told() -> None:
    (entry,) = plan(judge([photo("AJ-1003.jpg")])).values()
    assert entry.target == "unsorted/AJ-1003_1.jpg"
    assert entry.reasons[-1].code == "no_category"
    (entry,) = plan(judge([photo("AJ-1003.jpg")]), "{style_code}_{n}.jpg").values()
    assert "no_category" not in {reason.code for reason in entry.reasons}


def test_names_do_not_depend_on_the_order_of_the_archive() -> None:
    files = [photo(f"{folder}/AJ-1001_{number}.jpg") for folder in "abc" for number in (1, 2, 3)]
    expected = plan(judge(files))
    random.Random(1).shuffle(files)
    assert plan(judge(files)) == expected


def test_names_of_an_earlier_plan_stay_and_new_photos_come_behind() -> None:
    first = list(plan(judge([photo("b/AJ-1001.jpg"), photo("c/AJ-1001.jpg")])).values())
    mended = [first[0], PlanEntry(**{**vars(first[1]), "target": "rings/my own name.jpg"})]
    later = judge([photo("a/AJ-1001.jpg"), photo("moved/AJ-1001.jpg", "b/AJ-1001.jpg"), photo("c/AJ-1001.jpg")])
    assert [entry.target for entry in plan(later, held=mended).values()] == [
        "rings/AJ-1001_3.jpg", "rings/my own name.jpg", "rings/AJ-1001_1.jpg",
    ]  # fmt: skip


def test_a_held_name_is_given_up_with_its_style_and_is_given_once() -> None:
    held = [PlanEntry("old.jpg", digest("x"), Verdict.KEEP, "rings/AJ-1002_1.jpg", "AJ-1002")]
    (entry,) = plan(judge([photo("AJ-1001.jpg", "x")]), held=held).values()
    assert entry.target == "rings/AJ-1001_1.jpg"
    twice = [
        PlanEntry("a.jpg", digest("x"), Verdict.KEEP, "rings/one.jpg", "AJ-1001"),
        PlanEntry("b.jpg", digest("y"), Verdict.KEEP, "rings/ONE.jpg", "AJ-1001"),
    ]
    targets = [
        entry.target
        for entry in plan(judge([photo("AJ-1001 1.jpg", "x"), photo("AJ-1001 2.jpg", "y")]), held=twice).values()
    ]
    assert len({target.casefold() for target in targets if target}) == 2


def test_photos_that_would_share_a_name_without_a_number_all_wait() -> None:
    files = [photo("AJ-1001_a.jpg"), photo("AJ-1001_b.jpg"), photo("AJ-1002.jpg")]
    entries = plan(judge(files), "{category}/{style_code}.jpg")
    assert [entry.verdict.value for entry in entries.values()] == ["review", "review", "keep"]
    assert entries["AJ-1001_a.jpg"].reasons[0].code == "same_target"
    assert "AJ-1001_b.jpg (AJ-1001)" in entries["AJ-1001_a.jpg"].reasons[0].detail
    assert entries["AJ-1001_a.jpg"].target is None


def test_two_styles_that_make_one_name_in_a_file_system_wait() -> None:
    judged = judge([photo("AJ-1001.jpg"), photo("AJ-1002.jpg")])
    scheme = "{category}/{style_code}_{n}.jpg"
    renamed = {
        path: Judged(each.judgement, each.sha256, each.format, type(each.name)(each.name.reasons, code))
        for (path, each), code in zip(judged.items(), ("AJ/1", "aj-1"), strict=True)
    }
    entries = plan(renamed, scheme)
    assert {entry.reasons[0].code for entry in entries.values()} == {"styles_share_name"}
    assert {entry.verdict for entry in entries.values()} == {Verdict.REVIEW}
    kept = plan(renamed, "{category}/{stem}_{n}.jpg")
    assert {entry.verdict for entry in kept.values()} == {Verdict.KEEP}


def test_a_plan_is_counted_by_verdict_and_first_reason() -> None:
    counts = PlanCounts()
    files = [photo("AJ-1001 1.jpg"), photo("AJ-1001 2.jpg"), photo("IMG_1.jpg")]
    assert len(list(counted(plan(judge(files)).values(), counts))) == 3
    assert counts.by_reason() == {"keep": {"written": 2}, "review": {"no_code": 1}}
    assert counts.styles == {"AJ-1001": 2}
    assert counts.files == 3
