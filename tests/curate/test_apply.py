"""Apply on awkward disks: what cannot be done to one file is told, the rest goes on, nothing is overwritten."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from parure.curate import PlanEntry, Verdict
from parure.curate.apply import Mode, Order, apply_plan
from parure.curate.apply_disk import Disk
from parure.curate.journal import open_journal
from parure.curate.plan import write_plan
from parure.errors import Busy, Conflict, IntakeError, StorageFull
from tests.curate.apply_disks import SMALL, Archive, NoLinks, make_archive, sha

KEEP = Verdict.KEEP


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path, SMALL)


def codes(order: Order, disk: Disk | None = None) -> list[str]:
    return [fault.code for fault in apply_plan(order, disk=disk).faults]


def test_what_is_kept_gets_its_name_and_the_rest_a_mirror_of_the_source(archive: Archive) -> None:
    before = archive.all()
    report = apply_plan(archive.order())
    assert (report.placed, report.already, report.stayed, report.faults) == (4, 0, 1, ())
    assert archive.all() == {
        "source": before["source"],
        "target": {
            "rings": "folder", "rings/AJ-1042_1.jpg": sha(b"front" * 99), "rings/AJ-1042_2.jpg": sha(b"ring"),
            "_quarantine": "folder", "_quarantine/old": "folder",
            "_quarantine/old/copy.jpg": sha(b"front" * 99), "_quarantine/old/blurry.jpg": sha(b""),
        },
    }  # fmt: skip
    again = apply_plan(archive.order())
    assert (again.placed, again.already, again.resumed) == (0, 4, True)


def test_times_and_permissions_are_copied(archive: Archive) -> None:
    origin = archive.source / "AJ-1042 front.jpg"
    os.utime(origin, ns=(10**18, 10**18 + 5))
    origin.chmod(0o640)
    apply_plan(archive.order())
    about = (archive.target / "rings/AJ-1042_1.jpg").stat()
    assert (about.st_mtime_ns, about.st_mode & 0o777) == (10**18 + 5, 0o640)


def test_a_link_is_the_same_file_and_a_move_leaves_the_source_without_it(archive: Archive) -> None:
    apply_plan(archive.order(Mode.LINK))
    origin, path = archive.source / "old/кольцо.jpg", archive.target / "rings/AJ-1042_2.jpg"
    assert path.samefile(origin)
    report = apply_plan(archive.order(Mode.MOVE))
    assert origin.exists(), "one file under two names: which of them is the original nobody can tell"
    assert report.already == 4


@pytest.mark.parametrize("number", [errno.EXDEV, errno.EPERM, errno.ENOTSUP])
def test_a_move_to_another_disk_copies_first(archive: Archive, number: int) -> None:
    hashes = archive.hashes()
    assert codes(archive.order(Mode.MOVE), NoLinks(number)) == []
    assert archive.hashes() == hashes
    assert {name for name, what in archive.all()["source"].items() if what != "folder"} == {"unsure.jpg"}


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no second disk")
def test_another_disk_takes_copies_and_moves_but_no_links(archive: Archive) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        other = replace(archive.order(Mode.LINK), target=Path(folder))
        if other.target.stat().st_dev == archive.source.stat().st_dev:
            pytest.skip("no second disk")
        with pytest.raises(Conflict, match=r"another disk .* Leave out --link"):
            apply_plan(other)
        assert codes(replace(other, mode=Mode.MOVE)) == []
        assert (other.target / "rings/AJ-1042_2.jpg").read_bytes() == b"ring"
        assert not (archive.source / "old/кольцо.jpg").exists()


def test_a_hard_link_that_fails_for_one_file_says_why(archive: Archive) -> None:
    report = apply_plan(archive.order(Mode.LINK), disk=NoLinks(errno.EXDEV))
    assert {fault.code for fault in report.faults} == {"other_disk"}
    assert "Copy instead" in report.faults[0].detail


@pytest.mark.parametrize("mode", list(Mode))
def test_another_file_at_the_target_is_never_overwritten(archive: Archive, mode: Mode) -> None:
    (archive.target / "rings").mkdir(parents=True)
    (archive.target / "rings/AJ-1042_1.jpg").write_bytes(b"mine")
    (archive.target / "rings/AJ-1042_2.jpg").mkdir()
    assert codes(archive.order(mode)) == ["target_exists", "is_a_folder"]
    assert (archive.target / "rings/AJ-1042_1.jpg").read_bytes() == b"mine"
    assert (archive.source / "AJ-1042 front.jpg").exists()
    assert (archive.target / "_quarantine/old/copy.jpg").exists()


def test_a_file_that_appears_meanwhile_is_not_overwritten_either(archive: Archive) -> None:
    class Racing(Disk):
        def publish(self, part: Path, path: Path) -> None:
            path.write_bytes(b"mine")
            super().publish(part, path)

    assert set(codes(archive.order(), Racing())) == {"target_exists"}
    assert (archive.target / "rings/AJ-1042_1.jpg").read_bytes() == b"mine"
    assert list(archive.target.rglob("*.part")) == []


def test_without_the_rename_of_linux_nothing_is_overwritten(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.curate.apply_disk._rename_without_replacing", lambda part, path: False)
    assert codes(archive.order()) == []
    assert list(archive.target.rglob("*.part")) == []


def test_changed_missing_and_linked_sources_are_told_and_the_rest_goes_on(archive: Archive) -> None:
    (archive.source / "AJ-1042 front.jpg").write_bytes(b"edited")
    (archive.source / "old/copy.jpg").unlink()
    (archive.source / "old/blurry.jpg").unlink()
    (archive.source / "old/blurry.jpg").symlink_to("/etc/hostname")
    report = apply_plan(archive.order(Mode.MOVE))
    assert sorted(fault.code for fault in report.faults) == ["changed", "missing", "symlink"]
    assert report.placed == 1
    assert (archive.source / "AJ-1042 front.jpg").read_bytes() == b"edited"


def test_a_folder_that_is_a_link_leads_nowhere(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    archive.target.mkdir()
    (archive.target / "rings").symlink_to(tmp_path / "outside")
    assert codes(archive.order()) == ["symlink", "symlink"]
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_copy_that_came_out_different_is_not_kept(archive: Archive) -> None:
    class Faulty(Disk):
        def write(self, descriptor: int, data: bytes) -> None:
            super().write(descriptor, data[:-1] + b"!" if data == b"ring" else data)

    report = apply_plan(archive.order(Mode.COPY), disk=Faulty())
    assert [fault.code for fault in report.faults] == ["copy_differs"]
    assert not (archive.target / "rings/AJ-1042_2.jpg").exists()
    assert list(archive.target.rglob("*.part")) == []


def test_a_file_that_changes_while_it_is_moved_stays(archive: Archive) -> None:
    class Edited(Disk):
        def sync_folder(self, path: Path) -> None:
            super().sync_folder(path)
            if path.name == "rings":
                origin = archive.source / "AJ-1042 front.jpg"
                origin.unlink(missing_ok=True)
                origin.write_bytes(b"edited")

    report = apply_plan(archive.order(Mode.MOVE), disk=Edited())
    assert [fault.code for fault in report.faults] == ["changed"]
    assert (archive.source / "AJ-1042 front.jpg").read_bytes() == b"edited"
    assert (archive.target / "rings/AJ-1042_1.jpg").read_bytes() == b"front" * 99


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "permission"), (errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EIO, "read_error"),
     (errno.EILSEQ, "name_not_allowed"), (errno.EBUSY, "system")],
)  # fmt: skip
def test_what_the_system_refuses_for_one_file_is_a_clear_line(archive: Archive, number: int, code: str) -> None:
    class Refusing(Disk):
        def copy(self, source: Path, part: Path) -> object:  # type: ignore[override]
            if source.name == "кольцо.jpg":
                raise OSError(number, os.strerror(number), str(part))
            return super().copy(source, part)

    report = apply_plan(archive.order(), disk=Refusing())
    assert [fault.code for fault in report.faults] == [code]
    assert report.faults[0].detail.startswith("plan.jsonl, line 2: old/кольцо.jpg: ")
    assert report.placed == 3
    assert codes(archive.order()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(archive: Archive) -> None:
    (archive.target / "rings").mkdir(parents=True)
    (archive.target / "rings").chmod(0o500)
    assert codes(archive.order()) == ["permission", "permission"]


def test_names_of_the_greatest_length_and_of_any_script_are_placed(tmp_path: Path) -> None:
    long = "я" * 125 + "a.jpg"
    archive = make_archive(
        tmp_path, {"指輪/á\u0301.jpg": (b"1", KEEP, long), "a\udc80.jpg": (b"2", Verdict.REJECT, None)}
    )
    assert codes(archive.order(Mode.MOVE)) == []
    assert (archive.target / long).read_bytes() == b"1"
    assert (archive.target / "_quarantine/a\udc80.jpg").read_bytes() == b"2"


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    archive = make_archive(
        tmp_path, {"a.jpg": (b"1", KEEP, "/".join(["d" * 250] * 17)), "b.jpg": (b"2", KEEP, "b.jpg")}
    )
    assert codes(archive.order()) == ["name_too_long"]
    assert (archive.target / "b.jpg").exists()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
@pytest.mark.parametrize("mode", [Mode.COPY, Mode.MOVE])
def test_a_full_disk_leaves_nothing_half_written_and_takes_what_fits(
    tmp_path: Path, tiny_disk: Path, mode: Mode
) -> None:
    sizes = {"a.jpg": 90_000, "b.jpg": 90_000, "c.jpg": 90_000, "d.jpg": 20_000}
    archive = make_archive(tmp_path / "x", {name: (os.urandom(size), KEEP, name) for name, size in sizes.items()})
    order = replace(archive.order(mode), target=tiny_disk)
    report = apply_plan(order)
    (fault,) = report.faults  # two large ones fit; which of them come first is chance
    assert (fault.code, fault.source) in {("disk_full", name) for name in ("a.jpg", "b.jpg", "c.jpg")}
    assert "Free some space" in fault.detail
    assert {path.name for path in tiny_disk.iterdir()} == {".parure-apply", *sizes} - {fault.source}
    assert (archive.source / fault.source).exists()
    subprocess.run(["mount", "-o", "remount,size=2m", tiny_disk], check=True)
    assert codes(order) == []
    assert (tiny_disk / fault.source).stat().st_size == 90_000


def test_no_space_for_the_journal_stops_before_anything_is_done(archive: Archive) -> None:
    class Full(Disk):
        def write(self, descriptor: int, data: bytes) -> None:
            super().write(descriptor, data[:10])
            raise OSError(errno.ENOSPC, "full")

    with pytest.raises(StorageFull, match="run the same command again"):
        apply_plan(archive.order(Mode.MOVE), disk=Full())
    assert archive.all()["target"] == {}
    assert codes(archive.order(Mode.MOVE)) == []


def test_a_plan_with_a_fault_does_nothing_at_all(archive: Archive) -> None:
    order = archive.order()
    twice = [archive.entries[0], PlanEntry("unsure.jpg", "0" * 64, KEEP, "rings/AJ-1042_1.jpg")]
    write_plan(order.plan, twice)
    with pytest.raises(IntakeError, match=r"nothing was done\.\n  plan\.jsonl, line 2"):
        apply_plan(order)
    assert not archive.target.exists()


def test_folders_that_are_not_there_are_named(archive: Archive) -> None:
    with pytest.raises(IntakeError, match="not a folder that can be read"):
        apply_plan(replace(archive.order(), source=archive.root / "none"))
    with pytest.raises(IntakeError, match="mount the disk"):
        apply_plan(replace(archive.order(), target=archive.root / "none" / "target"))


def test_two_at_once_are_kept_apart(archive: Archive) -> None:
    apply_plan(archive.order())
    with open_journal(archive.target, Disk()), pytest.raises(Busy, match="Wait"):
        apply_plan(archive.order())


def test_an_edited_plan_goes_on_where_the_first_one_failed(archive: Archive) -> None:
    (archive.source / "old/copy.jpg").write_bytes(b"edited")
    assert codes(archive.order(Mode.MOVE)) == ["changed"]
    mended = [entry for entry in archive.entries if entry.source != "old/copy.jpg"]
    report = apply_plan(replace_entries(archive, [*mended, PlanEntry("old/copy.jpg", sha(b"edited"), KEEP, "e.jpg")]))
    assert (report.placed, report.already, report.resumed, report.faults) == (1, 3, False, ())


def replace_entries(archive: Archive, entries: list[PlanEntry]) -> Order:
    return replace(archive, entries=tuple(entries)).order(Mode.MOVE)
