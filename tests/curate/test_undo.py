"""Undo: as before, except what a person did since, which is left and told."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from parure.curate import Verdict
from parure.curate.apply import Mode, apply_plan
from parure.curate.apply_disk import Disk, Seen
from parure.curate.undo import undo_apply
from parure.errors import Conflict, IntakeError, NotFound
from tests.curate.apply_disks import SMALL, Archive, NoLinks, make_archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path, SMALL)


@pytest.mark.parametrize("mode", list(Mode))
def test_everything_is_as_before_and_the_made_folders_are_gone(archive: Archive, mode: Mode) -> None:
    before = archive.all()
    apply_plan(archive.order(mode))
    report = undo_apply(archive.target)
    assert (report.restored, report.left, report.faults, report.earlier) == (4, (), (), 0)
    assert archive.all() == before
    assert not archive.target.exists()
    with pytest.raises(NotFound, match="nothing to undo"):
        undo_apply(archive.target)


def test_folders_and_files_that_were_there_before_stay(archive: Archive) -> None:
    (archive.target / "rings").mkdir(parents=True)
    (archive.target / "rings/AJ-1042_2.jpg").write_bytes(b"ring")
    before = archive.all()
    report = apply_plan(archive.order(Mode.MOVE))
    assert (report.placed, report.faults) == (4, ())
    assert not (archive.source / "old/кольцо.jpg").exists()
    undo_apply(archive.target)
    assert archive.all() == before
    assert not (archive.source / "old/кольцо.jpg").samefile(archive.target / "rings/AJ-1042_2.jpg")


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_what_a_person_changed_or_added_is_left_and_told(archive: Archive, mode: Mode) -> None:
    apply_plan(archive.order(mode))
    changed, added = archive.target / "rings/AJ-1042_1.jpg", archive.target / "rings/new.jpg"
    changed.write_bytes(b"retouched")
    added.write_bytes(b"new")
    report = undo_apply(archive.target)
    assert [fault.source for fault in report.left] == ["AJ-1042 front.jpg"]
    assert report.restored == 3
    assert (changed.read_bytes(), added.read_bytes()) == (b"retouched", b"new")
    assert not (archive.target / "_quarantine").exists()
    assert (archive.source / "old/blurry.jpg").exists()


def test_a_copy_whose_original_was_taken_away_since_is_put_back(archive: Archive) -> None:
    before = archive.all()
    apply_plan(archive.order())
    shutil.rmtree(archive.source / "old")
    assert undo_apply(archive.target).faults == ()
    assert archive.all() == before


def test_an_original_that_is_another_file_now_keeps_the_only_copy(archive: Archive) -> None:
    apply_plan(archive.order())
    (archive.source / "old/кольцо.jpg").write_bytes(b"another")
    report = undo_apply(archive.target)
    assert "The original stays at rings/AJ-1042_2.jpg" in report.left[0].detail
    assert (archive.target / "rings/AJ-1042_2.jpg").read_bytes() == b"ring"


def test_a_source_that_became_the_target_is_not_emptied(archive: Archive) -> None:
    apply_plan(archive.order(Mode.MOVE))
    shutil.rmtree(archive.source)
    same = make_archive(archive.root / "x", {"a.jpg": (b"a", Verdict.KEEP, "a.jpg")})
    apply_plan(same.order())
    shutil.rmtree(same.source)
    same.source.symlink_to(same.target)
    report = undo_apply(same.target)
    assert "one folder now" in report.left[0].detail
    assert (same.target / "a.jpg").read_bytes() == b"a"


def test_runs_are_taken_back_one_by_one_last_first(archive: Archive) -> None:
    before = archive.all()
    few = replace(archive, entries=archive.entries[:1])
    apply_plan(few.order())
    between = archive.all()
    assert apply_plan(archive.order()).already == 1
    assert undo_apply(archive.target).earlier == 1
    assert archive.all() == between
    assert undo_apply(archive.target).earlier == 0
    assert archive.all() == before


def test_what_fails_is_tried_again_and_apply_waits_for_it(archive: Archive) -> None:
    before = archive.all()
    apply_plan(archive.order(Mode.MOVE))

    class Refusing(Disk):
        def remove(self, path: Path) -> None:
            if path.name == "AJ-1042_2.jpg":
                raise PermissionError(13, "denied", str(path))
            super().remove(path)

    report = undo_apply(archive.target, disk=Refusing())
    assert [(fault.source, fault.code) for fault in report.faults] == [("old/кольцо.jpg", "permission")]
    with pytest.raises(Conflict, match="undo was begun"):
        apply_plan(archive.order(Mode.MOVE))
    assert undo_apply(archive.target).restored == 1
    assert archive.all() == before


@pytest.mark.parametrize(("mode", "reads"), [(Mode.COPY, 2), (Mode.LINK, 1)])
def test_a_file_that_stays_as_it_was_is_read_once_for_both_looks(archive: Archive, mode: Mode, reads: int) -> None:
    apply_plan(archive.order(mode))
    read: list[str] = []

    class Counting(Disk):
        def read(self, path: Path, into: int | None = None) -> Seen:
            read.append(path.name)
            return super().read(path, into)

    assert undo_apply(archive.target, disk=Counting()).restored == 4
    assert len(read) == 4 * reads


@pytest.mark.parametrize("side", ["source", "target"])
def test_a_file_that_changes_between_the_two_looks_is_read_again_and_left(archive: Archive, side: str) -> None:
    os.utime(archive.source / "old/кольцо.jpg", (10**9, 10**9))
    apply_plan(archive.order())
    edited = archive.root / side / {"source": "old/кольцо.jpg", "target": "rings/AJ-1042_2.jpg"}[side]

    class Edited(Disk):
        def sync_folder(self, path: Path) -> None:
            super().sync_folder(path)
            if path.name == "old":
                edited.write_bytes(b"gnir")  # as long as before

    report = undo_apply(archive.target, disk=Edited())
    assert [fault.source for fault in report.left] == ["old/кольцо.jpg"]
    assert edited.read_bytes() == b"gnir"
    assert (archive.target / "rings/AJ-1042_2.jpg").exists()


def test_a_moved_source_folder_can_be_named(archive: Archive) -> None:
    before = archive.all()
    apply_plan(archive.order(Mode.MOVE))
    moved = archive.source.rename(archive.root / "elsewhere")
    with pytest.raises(IntakeError, match="--source"):
        undo_apply(archive.target)
    undo_apply(archive.target, source=moved, disk=NoLinks(18))
    moved.rename(archive.source)
    assert archive.all() == before
