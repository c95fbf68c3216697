"""Half-written files: nothing is read before it has lain still, whatever clocks and dates say."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from parure.curate.sources import Listed, Unlisted
from parure.curate.sources_disk import FolderSource
from parure.curate.stillness import Seen, Stillness
from parure.curate.values import Reason


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def file(path: str = "a.jpg", size: int = 10, stamp: str = "s") -> Listed:
    return Listed(path, size, 0.0, stamp)


def test_a_file_is_still_when_nothing_changed_for_so_many_seconds(clock: Clock) -> None:
    stillness = Stillness(5, {}, clock)
    first = stillness.look([file()])
    assert (first.still, first.moving, first.news) == ((), ("a.jpg",), False)
    clock.now += 4.9
    assert stillness.look([file()]).still == ()
    clock.now += 0.1
    look = stillness.look([file()])
    assert (look.still, look.moving, look.news) == ((file(),), (), True)
    assert not stillness.look([file()]).news


@pytest.mark.parametrize("changed", [file(size=20), file(stamp="t")], ids=["grown", "touched"])
def test_a_file_that_changes_is_waited_for_anew(clock: Clock, changed: Listed) -> None:
    stillness = Stillness(5, {}, clock)
    stillness.look([file()])
    clock.now += 4
    assert stillness.look([changed]).moving == ("a.jpg",)
    clock.now += 4
    assert stillness.look([changed]).moving == ("a.jpg",)
    clock.now += 1
    assert stillness.look([changed]).still == (changed,)


def test_a_file_that_is_written_over_is_out_of_sight_until_it_is_still(clock: Clock) -> None:
    stillness = Stillness(5, {"a.jpg": (10, "s")}, clock)
    assert not stillness.look([file()]).news
    look = stillness.look([file(size=3, stamp="t")])
    assert (look.still, look.moving, look.news) == ((), ("a.jpg",), True)


def test_what_a_scan_knows_need_not_be_waited_for(clock: Clock) -> None:
    stillness = Stillness(5, {"a.jpg": (10, "s"), "b.txt": (7, "")}, clock)
    text = Unlisted("b.txt", Reason("not_a_photo", "It is none."), 7)
    look = stillness.look([file(), text])
    assert (look.still, look.moving, look.news) == ((file(), text), (), False)


def test_a_file_that_goes_is_news(clock: Clock) -> None:
    stillness = Stillness(5, {"a.jpg": (10, "s")}, clock)
    assert stillness.look([]).news
    assert not stillness.look([]).news


def test_names_of_unfinished_downloads_are_never_still(clock: Clock) -> None:
    stillness = Stillness(0, {}, clock)
    look = stillness.look([file("a.jpg"), file("b.jpg.part"), file("c.CRDOWNLOAD")])
    assert look.still == (file("a.jpg"),)
    assert look.moving == ("b.jpg.part", "c.CRDOWNLOAD")


def test_reading_processes_get_no_listing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"abc")
    seen = Seen(FolderSource(tmp_path), (file(),))
    copy = pickle.loads(pickle.dumps(seen))
    assert list(seen.listing()) == [file()]
    assert copy.files == ()
    assert copy.read(file(), 10).data == b"abc"
    assert (seen.location, seen.reads_at_once) == (str(tmp_path), 1)
