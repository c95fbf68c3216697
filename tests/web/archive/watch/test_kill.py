"""Killed before and after every single change to the disk, and between all writes to the database: the same end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parure.curate.undo import undo_apply
from parure.web.archive.models import WatchedFile
from parure.web.archive.watch import applying, step
from parure.web.catalogue.models import Event
from tests.curate.apply_disks import Killed, KilledAt
from tests.web.archive.watch.folder import Folder, logged

POINTS = ("remember", "write_plan", "apply_plan", "settle", "prepare_from")


def fill(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1", side=120)
    folder.copy("PR-1001 front.jpg", "again.jpg")
    (folder.inbox / "cut.jpg").write_bytes(b"")
    (folder.inbox / "note.txt").write_text("Hello")


def assert_whole(folder: Folder) -> None:
    folder.step()
    assert folder.placed() == {"rings/PR-1001_front_1.jpg", "_quarantine/again.jpg", "_quarantine/cut.jpg"}
    assert sorted(logged()) == [
        ("approved", "PR-1001 front.jpg"), ("queued", "note.txt"), ("rejected", "again.jpg"), ("rejected", "cut.jpg"),
    ]  # fmt: skip
    assert not WatchedFile.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("point", POINTS)
def test_a_watcher_killed_between_its_steps_ends_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, point: str, after: bool
) -> None:
    fill(folder)
    module = step if hasattr(step, point) else applying
    real: Callable[..., Any] = getattr(module, point)

    def killed(*arguments: Any, **named: Any) -> Any:
        if after:
            real(*arguments, **named)
        raise Killed

    monkeypatch.setattr(module, point, killed)
    with pytest.raises(Killed):
        folder.step()
    monkeypatch.undo()
    assert_whole(folder)


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_watcher_killed_at_any_change_to_the_disk_ends_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    fill(folder)
    before = folder.without_files()
    at = 0
    while True:
        at += 1
        disk = KilledAt(at, after=after)
        monkeypatch.setattr(applying, "apply_plan", _with(disk, applying.apply_plan))
        try:
            folder.watcher().step()
        except Killed:
            monkeypatch.undo()
            assert_whole(folder)
            assert folder.without_files() == before
        else:
            break
        _begin_anew(folder)
    assert at > 10


def _with(disk: KilledAt, real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda order, **named: real(order, disk=disk, **named)


def _begin_anew(folder: Folder) -> None:
    while undo_apply(folder.target).earlier:
        pass
    WatchedFile.objects.all().delete()
    Event.objects.all().delete()


def test_the_folder_of_plans_is_empty_when_all_is_done(folder: Folder, shop: Path) -> None:
    fill(folder)
    folder.step()
    assert [path for path in (shop / "watch").rglob("*") if path.is_file()] == []
