"""What keeps a watcher from its work: half-written files, a source that goes, a full disk, another watcher."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from parure.curate.apply_disk import Disk, Seen
from parure.errors import Busy, IntakeError, StorageFull
from parure.web.archive.models import WatchedFile
from parure.web.archive.watch.items import Told
from parure.web.archive.watch.loop import Tally, only_watcher, watch, watch_once
from parure.web.archive.watch.step import Stopped
from tests.web.archive.watch.folder import Folder, logged


def test_a_half_written_file_is_left_alone_until_it_is_whole(folder: Folder) -> None:
    watcher = folder.watcher(settle=30)
    whole = folder.put("PR-1001 front.jpg", "pr-1001-1").read_bytes()
    (folder.inbox / "PR-1001 front.jpg").write_bytes(whole[:5000])
    watcher.step()
    assert watcher.seen.moving == ("PR-1001 front.jpg",)
    (folder.inbox / "PR-1001 front.jpg").write_bytes(whole)
    watcher.step()
    assert folder.told == []
    watcher._stillness._seconds = 1e-9
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}
    assert logged() == [("approved", "PR-1001 front.jpg")]


def test_looking_once_waits_for_new_files_to_lie_still(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    (folder.inbox / "PR-1002.jpg.part").write_bytes(b"half")
    watcher = folder.watcher(settle=0.05)
    watch_once(watcher, folder.stop)
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}
    assert watcher.seen.moving == ("PR-1002.jpg.part",)


def test_a_source_that_goes_is_told_once_and_gone_on_with_when_it_is_back(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    away = folder.root / "away"

    class Stop(threading.Event):
        """Between looks: the disk goes, stays away for three looks, and comes back."""

        looks = 0

        def wait(self, timeout: float | None = None) -> bool:
            self.looks += 1
            if self.looks == 1:
                folder.inbox.rename(away)
            if self.looks == 4:
                away.rename(folder.inbox)
                folder.put("PR-1002 front.jpg", "pr-1002-1")
            if self.looks == 5:
                self.set()
            return True

    stop = Stop()
    watcher = folder.watcher()
    watcher.stop = stop
    watch(watcher, stop, every=0)
    told = [each if isinstance(each, str) else each.path for each in folder.told]
    assert told == [
        "PR-1001 front.jpg",
        f"{folder.inbox} cannot be read (No such file or directory). Check the path. It is tried again at every look.",
        "PR-1002 front.jpg",
        "It works again.",
    ]


def test_a_source_whose_disk_is_not_mounted_loses_nothing(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    watcher = folder.watcher()
    watcher.step()
    away = folder.inbox.rename(folder.root / "away")
    folder.inbox.mkdir()
    watcher.step()
    folder.inbox.rmdir()
    away.rename(folder.inbox)
    folder.told.clear()
    watcher.step()
    assert folder.told == []
    assert len(logged()) == 1


class FullAt(Disk):
    at_once = 1

    def copy(self, source: Path, part: Path) -> Seen:
        raise OSError(errno.ENOSPC, "No space left on device", str(part))


def test_a_full_target_is_told_and_gone_on_with_when_there_is_room(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    watcher = folder.watcher()
    monkeypatch.setattr("parure.curate.apply.Disk", FullAt)
    with pytest.raises(StorageFull, match=r"is full; 1 photo waits to be put there. Free some space"):
        watcher.step()
    assert logged() == []
    assert WatchedFile.objects.get().settled_at is None
    monkeypatch.undo()
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}
    assert folder.placed() == {"rings/PR-1001_front_1.jpg"}


def test_what_cannot_be_put_to_its_place_is_told_once(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    folder.target.mkdir()
    (folder.root / "elsewhere").mkdir()
    (folder.target / "rings").symlink_to(folder.root / "elsewhere")
    watcher = folder.watcher()
    watcher.step()
    watcher.step()
    (said,) = folder.told
    assert isinstance(said, str)
    assert "symbolic link" in said
    (folder.target / "rings").unlink()
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}


def test_one_source_has_one_watcher(folder: Folder) -> None:
    source = folder.watcher().order.source
    with only_watcher(source), pytest.raises(Busy, match=r"watches .*inbox already"), only_watcher(source):
        pass
    with only_watcher(source):
        pass


def test_a_watcher_that_is_told_to_stop_does_so_before_it_decides(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    watcher = folder.watcher()
    folder.stop.set()
    with pytest.raises(Stopped):
        watcher.step()
    assert WatchedFile.objects.count() == 0
    folder.stop.clear()
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}


def test_looking_once_raises_what_is_in_the_way(folder: Folder) -> None:
    watcher = folder.watcher()
    folder.inbox.rmdir()
    with pytest.raises(IntakeError, match="cannot be read"):
        watch_once(watcher, folder.stop)


def test_outcomes_are_counted_while_they_are_told() -> None:
    said: list[Told | str] = []
    tally = Tally()
    tally.counting(said.append)("A sentence.")
    assert said == ["A sentence."]
    assert tally.outcomes.total() == 0
