"""A plan is carried out of a zip or a URL: copied and verified, resumable, taken back; the archive is never written."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from parure.curate import PlanEntry, Verdict
from parure.curate.apply import Mode, Order, apply_plan
from parure.curate.apply_origin import named_place
from parure.curate.plan import write_plan
from parure.curate.plan_disk import check_against_disk
from parure.curate.sources import Source
from parure.curate.undo import undo_apply
from parure.errors import Conflict, IntakeError
from tests.curate.apply_disks import SMALL, Killed, KilledAt, sha, snapshot
from tests.web.pictures import jpeg

PHOTOS = {name: (jpeg(number), verdict, target) for number, (name, (_, verdict, target)) in enumerate(SMALL.items())}
PLACED = {
    "rings/AJ-1042_1.jpg": "AJ-1042 front.jpg",
    "rings/AJ-1042_2.jpg": "old/кольцо.jpg",
    "_quarantine/old/copy.jpg": "old/copy.jpg",
    "_quarantine/old/blurry.jpg": "old/blurry.jpg",
}


@dataclass(frozen=True)
class Zipped:
    root: Path
    location: str

    def order(self, mode: Mode = Mode.COPY, *changed: PlanEntry) -> Order:
        entries = [PlanEntry(name, sha(data), verdict, target) for name, (data, verdict, target) in PHOTOS.items()]
        write_plan(self.root / "plan.jsonl", changed or entries)
        return Order(self.root / "plan.jsonl", named_place(self.location), self.target, mode)

    @property
    def target(self) -> Path:
        return self.root / "target"

    def placed(self) -> dict[str, str]:
        return {path: told for path, told in snapshot(self.target).items() if told != "folder"}


@pytest.fixture(params=["zip", "url"])
def zipped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Zipped]:
    if request.param == "zip":
        with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
            for name, (data, _, _) in PHOTOS.items():
                archive.writestr(zipfile.ZipInfo(name, (2019, 3, 12, 10, 15, 0)), data)
        yield Zipped(tmp_path, str(tmp_path / "photos.zip"))
        return
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for name, (data, _, _) in PHOTOS.items():
        memory.pipe(f"/applied/{name}", data)
    yield Zipped(tmp_path, "memory://applied")
    memory.rm("/applied", recursive=True)


def wanted() -> dict[str, str]:
    return {target: sha(PHOTOS[source][0]) for target, source in PLACED.items()}


def test_files_are_copied_out_verified_and_taken_back(zipped: Zipped) -> None:
    report = apply_plan(zipped.order())
    assert (report.placed, report.stayed, report.faults) == (4, 1, ())
    assert zipped.placed() == wanted()
    again = apply_plan(zipped.order())
    assert (again.placed, again.already, again.resumed) == (0, 4, True)
    undone = undo_apply(zipped.target)
    assert (undone.restored, undone.left, undone.faults) == (4, (), ())
    assert not zipped.target.exists()


@pytest.mark.parametrize(("mode", "option"), [(Mode.MOVE, "--move"), (Mode.LINK, "--link")])
def test_moving_and_linking_out_of_an_archive_is_refused_with_a_reason(zipped: Zipped, mode: Mode, option: str) -> None:
    with pytest.raises(Conflict, match=f"can only be copied out of .* Leave out {option}"):
        apply_plan(zipped.order(mode))
    assert not zipped.target.exists()


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_step_it_goes_on_and_undo_leaves_nothing(zipped: Zipped, after: bool) -> None:
    counter = KilledAt(10_000)
    apply_plan(zipped.order(), disk=counter)
    undo_apply(zipped.target)
    for step in range(1, counter.steps + 1, 3):
        with pytest.raises(Killed):
            apply_plan(zipped.order(), disk=KilledAt(step, after=after))
        if step % 2:
            assert apply_plan(zipped.order()).faults == ()
            assert zipped.placed() == wanted()
        if (zipped.target / ".parure-apply" / "journal.jsonl").exists():
            undo_apply(zipped.target)
        assert zipped.placed() == {}


def test_what_is_gone_or_another_file_by_now_is_told_and_the_rest_goes_on(zipped: Zipped) -> None:
    data = PHOTOS["AJ-1042 front.jpg"][0]
    entries = (
        PlanEntry("AJ-1042 front.jpg", sha(data), Verdict.KEEP, "a.jpg"),
        PlanEntry("old/copy.jpg", "0" * 64, Verdict.KEEP, "b.jpg"),
        PlanEntry("nowhere.jpg", "1" * 64, Verdict.KEEP, "c.jpg"),
    )
    order = zipped.order(Mode.COPY, *entries)
    report = apply_plan(order)
    assert [(fault.line, fault.code) for fault in report.faults] == [(2, "changed"), (3, "missing")]
    assert zipped.placed() == {"a.jpg": sha(data)}
    assert [fault.code for fault in check_against_disk(order.plan, order.source, None)] == ["changed", "missing"]


def test_an_original_that_left_the_archive_stays_as_its_copy(zipped: Zipped, tmp_path: Path) -> None:
    apply_plan(zipped.order())
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("old/copy.jpg", PHOTOS["old/copy.jpg"][0])
    other: Source | Path = named_place(str(tmp_path / "other.zip"))
    undone = undo_apply(zipped.target, source=other)
    assert (undone.restored, len(undone.left)) == (1, 3)
    assert "is gone from" in undone.left[0].detail
    assert len(zipped.placed()) == 3


def test_a_zip_that_is_not_there_is_named_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"gone\.zip does not exist"):
        named_place(str(tmp_path / "gone.zip"))
    assert named_place(str(tmp_path / "folder")) == tmp_path / "folder"


def test_times_of_a_zip_are_kept(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.jpg", (2019, 3, 12, 10, 15, 0)), jpeg(1))
    one = Zipped(tmp_path, str(tmp_path / "one.zip"))
    order = one.order(Mode.COPY, PlanEntry("a.jpg", sha(jpeg(1)), Verdict.KEEP, "b.jpg"))
    assert apply_plan(replace(order)).placed == 1
    listed = {found.path: found for found in order.source.listing()}  # type: ignore[union-attr]
    expected = listed["a.jpg"].modified
    assert not expected or (one.target / "b.jpg").stat().st_mtime == pytest.approx(expected)
