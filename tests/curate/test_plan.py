"""Plan files: whole or not at all, read with line numbers, checked before anything is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.curate import PlanEntry, Verdict
from parure.curate.plan import check_plan, destination, read_plan, write_plan
from parure.curate.plan_disk import check_against_disk
from parure.errors import IntakeError
from tests.curate.apply_disks import SMALL, make_archive, sha

HASH = "ab" * 32


def keep(source: str, target: str | None, sha256: str = HASH) -> PlanEntry:
    return PlanEntry(source, sha256, Verdict.KEEP, target)


def codes(tmp_path: Path, *entries: PlanEntry) -> list[tuple[int, str]]:
    write_plan(tmp_path / "plan.jsonl", entries)
    return [(fault.line, fault.code) for fault in check_plan(tmp_path / "plan.jsonl").faults]


def test_entries_come_back_from_the_file_even_with_names_that_are_no_text(tmp_path: Path) -> None:
    entries = [keep("a\udc80.jpg", "rings/1.jpg"), keep("кольцо\n.jpg", None)]
    assert write_plan(tmp_path / "plan.jsonl", entries) == 2
    assert list(read_plan(tmp_path / "plan.jsonl")) == list(enumerate(entries, start=1))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.jsonl"]


def test_a_plan_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    plan = tmp_path / "plan.jsonl"
    write_plan(plan, [keep("a", "b")])

    def failing() -> object:
        yield keep("c", "d")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_plan(plan, failing())  # type: ignore[arg-type]
    assert [entry.source for _, entry in read_plan(plan)] == ["a"]
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(IntakeError, match="cannot be written"):
        write_plan(tmp_path / "none" / "plan.jsonl", [])


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (keep("../a.jpg", "a.jpg"), "bad_source"), (keep("/a.jpg", "a.jpg"), "bad_source"),
        (keep("a//b", "a.jpg"), "bad_source"), (keep("a\0", "a.jpg"), "bad_source"), (keep("", "a.jpg"), "bad_source"),
        (keep("a.jpg", "../b.jpg"), "bad_target"), (keep("a.jpg", "/b.jpg"), "bad_target"),
        (keep("a.jpg", ".parure-apply/journal.jsonl"), "bad_target"), (keep("a.jpg", "x/CON.jpg"), "unsafe_name"),
        (keep("a.jpg", "x/a?.jpg"), "unsafe_name"), (keep("a.jpg", "y" * 300), "unsafe_name"),
        (keep("a.jpg", "b.jpg", "abc"), "bad_sha256"),
    ],
)  # fmt: skip
def test_a_line_that_would_lead_astray_is_told_with_its_number(tmp_path: Path, entry: PlanEntry, code: str) -> None:
    assert codes(tmp_path, keep("fine.jpg", "fine.jpg"), entry) == [(2, code)]


def test_two_sources_with_one_target_are_found_whatever_the_spelling(tmp_path: Path) -> None:
    assert codes(tmp_path, keep("a", "Ringe/Ä.jpg"), keep("b", "ringe/a\u0308.jpg".replace("a\u0308", "ä"))) == [
        (2, "target_twice")
    ]
    assert codes(tmp_path, keep("a", "x"), keep("a", "y")) == [(2, "source_twice")]
    assert codes(tmp_path, keep("a", "x/y.jpg"), keep("b", "X")) == [(2, "target_is_folder")]
    assert codes(tmp_path, keep("a", "_quarantine/b"), PlanEntry("b", HASH, Verdict.REJECT, None)) == [
        (2, "target_twice")
    ]


def test_every_unreadable_line_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    plan = tmp_path / "plan.jsonl"
    good = keep("a.jpg", "b.jpg").to_line().encode()
    plan.write_bytes(b"\xef\xbb\xbf" + good + b"\n\n{oops\n\xff\xfe\n")
    check = check_plan(plan)
    assert [(fault.line, fault.code) for fault in check.faults] == [(3, "unreadable_line"), (4, "unreadable_line")]
    assert check.counts == {Verdict.KEEP: 1}
    with pytest.raises(IntakeError, match="line 3"):
        list(read_plan(plan))
    with pytest.raises(IntakeError, match="cannot be read"):
        check_plan(tmp_path / "none.jsonl")


def test_rejects_and_duplicates_go_to_a_mirror_of_the_source_and_review_stays() -> None:
    assert destination(PlanEntry("x/a.jpg", HASH, Verdict.REJECT, None)) == "_quarantine/x/a.jpg"
    assert destination(PlanEntry("x/a.jpg", HASH, Verdict.DUPLICATE, "twice/a.jpg")) == "twice/a.jpg"
    assert destination(PlanEntry("x/a.jpg", HASH, Verdict.REVIEW, "a.jpg")) is None
    assert destination(keep("x/a.jpg", None)) is None


def test_the_disk_is_compared_with_the_plan(tmp_path: Path) -> None:
    archive = make_archive(tmp_path, SMALL)
    order = archive.order()
    assert list(check_against_disk(order.plan, order.source, order.target)) == []
    (order.source / "AJ-1042 front.jpg").unlink()
    (order.source / "old/copy.jpg").write_bytes(b"edited")
    (order.target / "rings").mkdir(parents=True)
    (order.target / "rings" / "AJ-1042_2.jpg").write_bytes(b"other")
    found = {(fault.line, fault.code) for fault in check_against_disk(order.plan, order.source, order.target)}
    assert found == {(1, "missing"), (2, "target_exists"), (3, "changed")}


def test_a_long_plan_is_checked_line_by_line(tmp_path: Path) -> None:
    entries = (keep(f"{n % 97}/{n}.jpg", f"rings/{n}.jpg", sha(b"%d" % n)) for n in range(3_000))
    write_plan(tmp_path / "plan.jsonl", entries)
    check = check_plan(tmp_path / "plan.jsonl")
    assert (check.entries, check.faults) == (3_000, ())
