"""One verdict per file: what outweighs what, and that people outweigh everything."""

from __future__ import annotations

import pytest

from parure.curate import Decision
from parure.errors import ImageReason
from tests.curate.judged import WATERMARKED, copies, digest, judge, photo, pictures, refused, verdicts

BLURRED = {"sharpness": 0.0, "resolution": 1.0, "white": 1.0}
HOPELESS = {"sharpness": 0.0, "resolution": 0.0, "white": 1.0}


def said(kind: str, choice: str, *subjects: str, value: str = "", at: float = 1.0) -> Decision:
    return Decision(kind, tuple(map(digest, subjects)), choice, value, "Ann", at)


def test_a_good_photo_of_one_style_is_kept() -> None:
    found = judge([photo("AJ-1001_YG_front_2.jpg")])["AJ-1001_YG_front_2.jpg"]
    assert found.judgement.verdict == "keep"
    name = found.name
    assert (name.style, name.metal, name.view, name.sequence) == ("AJ-1001", "yellow_gold", "front", 2)


@pytest.mark.parametrize(
    ("file", "verdict", "reason"),
    [
        (photo("IMG_1.jpg"), "review", "no_code"),
        (photo("AJ-1001 AJ-1002.jpg"), "review", "two_styles"),
        (photo("AJ-1001_draft.jpg"), "reject", "unusable_name"),
        (photo("AJ-1001.jpg", scores=BLURRED), "review", "blurred"),
        (photo("AJ-1001.jpg", scores=HOPELESS), "reject", "small"),
        (photo("IMG_1.jpg", scores=BLURRED), "review", "blurred"),
        (refused("a.jpg", ImageReason.EMPTY), "reject", "empty"),
        (refused("a.jpg", ImageReason.TOO_MANY_BYTES), "review", "too_many_bytes"),
        (refused("a.csv", "sheet", read=False), "review", "sheet"),
        (refused("a.jpg", ImageReason.TRUNCATED, read=False), "review", "truncated"),
    ],
)
def test_what_speaks_against_a_photo_is_its_first_reason(file: object, verdict: str, reason: str) -> None:
    assert list(verdicts(judge([file])).values()) == [(verdict, reason)]  # type: ignore[list-item]


def test_both_doubts_are_told() -> None:
    (found,) = judge([photo("IMG_1.jpg", scores=BLURRED)]).values()
    assert {"blurred", "no_code"} <= {reason.code for reason in found.judgement.reasons}


def test_a_copy_repeats_the_file_that_stays_and_lends_its_name() -> None:
    files = [photo("IMG_2041.jpg", "x"), photo("web/AJ-1001_YG.jpg", "y", side=300)]
    found = judge(files, pictures("IMG_2041.jpg", "web/AJ-1001_YG.jpg"))
    assert verdicts(found) == {
        "IMG_2041.jpg": ("keep", "named_by_copy"), "web/AJ-1001_YG.jpg": ("duplicate", "same_picture"),
    }  # fmt: skip
    assert found["web/AJ-1001_YG.jpg"].judgement.duplicate_of == "IMG_2041.jpg"
    assert (found["IMG_2041.jpg"].name.style, found["IMG_2041.jpg"].name.metal) == ("AJ-1001", "yellow_gold")


def test_tiers_are_told_apart_in_a_group_of_both() -> None:
    files = [photo("AJ-1001.jpg", "x"), photo("b.jpg", "y", side=400), photo("c.jpg", "y", side=400)]
    found = judge(files, pictures("AJ-1001.jpg", "b.jpg"), copies("b.jpg", "c.jpg"))
    assert [reason.code for reason in found["c.jpg"].judgement.reasons] == ["same_bytes", "same_picture"]
    assert found["b.jpg"].judgement.reasons[0].code == "same_picture"
    assert {each.judgement.duplicate_of for each in found.values()} == {None, "AJ-1001.jpg"}


def test_copies_named_for_two_styles_all_wait() -> None:
    files = [photo("AJ-1001.jpg", "x"), photo("AJ-1002.jpg", "x"), photo("IMG_3.jpg", "x")]
    found = judge(files, copies("AJ-1001.jpg", "AJ-1002.jpg", "IMG_3.jpg"))
    assert set(verdicts(found).values()) == {("review", "styles_disagree")}
    assert "named for different styles" in found["IMG_3.jpg"].judgement.reasons[0].detail


def test_copies_named_for_two_metals_all_wait_but_gold_is_no_contradiction() -> None:
    files = [photo("AJ-1001_YG.jpg", "x"), photo("AJ-1001_WG.jpg", "x")]
    found = verdicts(judge(files, copies("AJ-1001_YG.jpg", "AJ-1001_WG.jpg")))
    assert set(found.values()) == {("review", "metals_disagree")}
    files = [photo("AJ-1001_YG.jpg", "x"), photo("AJ-1001_gold.jpg", "x")]
    found = judge(files, copies("AJ-1001_YG.jpg", "AJ-1001_gold.jpg"))
    assert found["AJ-1001_YG.jpg"].name.metal == "yellow_gold"
    assert sorted(verdict for verdict, _ in verdicts(found).values()) == ["duplicate", "keep"]


def test_a_name_that_may_be_two_styles_is_settled_by_a_copy_only_within_them() -> None:
    files = [photo("AJ-1001 AJ-1002.jpg", "x"), photo("AJ-1002.jpg", "y", side=300)]
    group = pictures("AJ-1001 AJ-1002.jpg", "AJ-1002.jpg")
    assert judge(files, group)["AJ-1001 AJ-1002.jpg"].name.style == "AJ-1002"
    files = [photo("AJ-1001 AJ-1002.jpg", "x"), photo("AJ-1003.jpg", "y", side=300)]
    found = verdicts(judge(files, pictures("AJ-1001 AJ-1002.jpg", "AJ-1003.jpg")))
    assert set(found.values()) == {("review", "styles_disagree")}


def test_a_clean_copy_stands_for_a_watermarked_original() -> None:
    files = [photo("AJ-1001 a.jpg", "x", scores=WATERMARKED), photo("AJ-1001 b.jpg", "y", side=600)]
    found = judge(files, pictures("AJ-1001 a.jpg", "AJ-1001 b.jpg"))
    assert found["AJ-1001 a.jpg"].judgement.duplicate_of == "AJ-1001 b.jpg"


def test_a_crop_does_not_stand_for_the_whole_but_is_not_lost_with_it() -> None:
    files = [photo("AJ-1001 a.jpg", "x", scores=WATERMARKED), photo("AJ-1001 b.jpg", "y", side=600)]
    found = verdicts(judge(files, pictures("AJ-1001 a.jpg", "AJ-1001 b.jpg", overlap=0.5)))
    assert found["AJ-1001 a.jpg"] == ("review", "watermarked")
    assert found["AJ-1001 b.jpg"][0] == "keep"


def test_of_equal_bytes_the_file_with_the_better_name_stays() -> None:
    files = [photo("AJ-1001_draft.jpg", "x"), photo("IMG_1.jpg", "x"), photo("z/AJ-1001.jpg", "x")]
    found = judge(files, copies("AJ-1001_draft.jpg", "IMG_1.jpg", "z/AJ-1001.jpg"))
    assert found["z/AJ-1001.jpg"].judgement.verdict == "keep"


def test_refused_files_are_no_copies_of_each_other() -> None:
    files = [refused("a.jpg", ImageReason.EMPTY), refused("b.jpg", ImageReason.EMPTY)]
    assert set(verdicts(judge(files, copies("a.jpg", "b.jpg"))).values()) == {("reject", "empty")}


def test_a_file_gone_since_the_scan_waits_and_its_copies_do_not() -> None:
    files = [photo("AJ-1001 a.jpg", "x"), photo("AJ-1001 b.jpg", "x")]
    found = verdicts(judge(files, copies("AJ-1001 a.jpg", "AJ-1001 b.jpg"), gone=["AJ-1001 a.jpg"]))
    assert found["AJ-1001 a.jpg"] == ("review", "gone_since_scan")
    assert found["AJ-1001 b.jpg"][0] == "keep"


GROUP = [photo("AJ-1001 a.jpg", "x"), photo("AJ-1001 b.jpg", "y", side=300), photo("AJ-1001 c.jpg", "z", side=200)]
LATER = said("same_picture", "keep", "x", "y", value=digest("x"), at=2)
LIKE = pictures("AJ-1001 a.jpg", "AJ-1001 b.jpg", "AJ-1001 c.jpg")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([], "a"),
        ([said("same_picture", "keep", "x", "y", "z", value=digest("z"))], "c"),
        ([said("same_picture", "keep_both", "x", "y", "z")], "abc"),
        ([said("same_picture", "not_duplicates", "x", "y")], "ab"),
        ([said("same_picture", "keep", "x", "y", value=digest("y"))], "b"),
        ([said("same_picture", "keep", "x", "gone", value=digest("gone"))], "a"),
        ([said("same_picture", "keep_both", "x", "y"), LATER], "a"),
        ([said("quality", "reject", "x")], "b"),
    ],
)  # fmt: skip
def test_people_say_which_of_a_group_stay(told: list[Decision], kept: str) -> None:
    found = verdicts(judge(GROUP, LIKE, said=told))
    assert "".join(path[8] for path, (verdict, _) in sorted(found.items()) if verdict == "keep") == kept


def test_people_say_which_copy_stays_or_that_all_do() -> None:
    files = [photo("AJ-1001.jpg", "x"), photo("AJ-1002.jpg", "x")]
    group = copies("AJ-1001.jpg", "AJ-1002.jpg")
    both = verdicts(judge(files, group, said=[said("same_bytes", "keep_both", "x")]))
    assert [verdict for verdict, _ in both.values()] == ["keep", "keep"]
    files = [photo("AJ-1001.jpg", "x"), photo("old/AJ-1001.jpg", "x")]
    one = judge(
        files, copies("AJ-1001.jpg", "old/AJ-1001.jpg"), said=[said("same_bytes", "keep", "x", value="old/AJ-1001.jpg")]
    )
    assert one["AJ-1001.jpg"].judgement.duplicate_of == "old/AJ-1001.jpg"


def test_people_assign_styles_and_overrule_quality_and_names() -> None:
    assign = said("style", "assign", "x", value="AJ-9")
    found = judge([photo("IMG_1.jpg", "x", scores=BLURRED)], said=[assign, said("quality", "keep", "x")])["IMG_1.jpg"]
    assert (found.judgement.verdict, found.name.style) == ("keep", "AJ-9")
    assert {reason.code for reason in found.judgement.reasons} == {"decided"}
    assert "Ann said that it is AJ-9." in found.judgement.reasons[0].detail
    draft = judge([photo("AJ-1001_draft.jpg", "x")], said=[said("quality", "keep", "x")])
    assert draft["AJ-1001_draft.jpg"].judgement.verdict == "keep"
    none = judge([photo("AJ-1001.jpg", "x")], said=[said("style", "none", "x")])
    assert verdicts(none)["AJ-1001.jpg"] == ("reject", "decided")
    bad = judge([photo("AJ-1001.jpg", "x")], said=[said("quality", "reject", "x")])
    assert verdicts(bad)["AJ-1001.jpg"] == ("reject", "decided")


def test_the_order_of_files_and_groups_changes_nothing() -> None:
    files = [*GROUP, photo("AJ-1002.jpg"), photo("IMG_1.jpg", "x"), refused("a.jpg", ImageReason.EMPTY)]
    groups = (LIKE, copies("AJ-1001 a.jpg", "IMG_1.jpg"))
    assert judge(files, *groups) == judge(files[::-1], *groups[::-1])
