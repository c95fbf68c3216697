"""What a model saw, in the database: each content once, resumable, and read by plans and review lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from parure import settings
from parure.curate.seeing import SeeReport
from parure.curate.sources import open_source
from parure.errors import Busy
from parure.images import Limits
from parure.locks import FileLock
from parure.vision.analysis import Analyser
from parure.web.archive.archives import ScanOrder, find_archive, scan_archive
from parure.web.archive.models import Archive, ContentSight
from parure.web.archive.sights import see_archive, sights, waiting
from tests.curate.scanning import QUICK
from tests.curate.seen import RedIsARing

pytestmark = pytest.mark.usefixtures("any_database")
LIMITS = Limits()
COLOURS = {
    "red.jpg": (200, 30, 30),
    "copies/red.jpg": (200, 30, 30),
    "blue.jpg": (30, 30, 200),
    "old.jpg": (90, 20, 10),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, colour in COLOURS.items():
        _write(tmp_path / "photos" / name, colour)
    return tmp_path / "photos"


@pytest.fixture
def archive(root: Path) -> Archive:
    return scan(root)


def _write(path: Path, colour: tuple[int, int, int]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (80, 60), colour).save(path, quality=95)


def scan(root: Path) -> Archive:
    scan_archive(open_source(str(root)), QUICK, ScanOrder(jobs=0))
    return find_archive(str(root))


def see(archive: Archive, root: Path, analyser: Analyser | None = None, *, fresh: bool = False) -> SeeReport:
    return see_archive(archive, open_source(str(root)), analyser or RedIsARing(), LIMITS, fresh=fresh)


def test_each_content_is_seen_once_and_comes_out_as_it_was_seen(root: Path, archive: Archive) -> None:
    analyser = RedIsARing()
    assert see(archive, root, analyser).seen == analyser.looked == 3
    found = sights(archive)
    assert sorted(round(sight.figures["jewellery"], 3) for sight in found.values()) == [0.005, 0.8, 0.8]
    ring = next(sight for sight in found.values() if sight.pieces)
    assert (ring.version, ring.pieces[0].box, ring.pieces[0].types) == ("red-1", (0.2, 0.2, 0.6, 0.6), {"ring": 0.9})
    assert see(archive, root).seen == 0


def test_new_photos_another_analyser_and_fresh_are_seen_again(root: Path, archive: Archive) -> None:
    see(archive, root)
    _write(root / "new.jpg", (250, 10, 10))
    scan(root)
    assert see(archive, root).seen == 1
    other = RedIsARing()
    other.version = "red-2"
    assert see(archive, root, other).seen == 4
    assert {sight.version for sight in sights(archive).values()} == {"red-2"}
    assert see(archive, root, other, fresh=True).seen == 4
    assert ContentSight.objects.count() == 4


def test_stopped_it_goes_on_behind_the_last_batch(root: Path, archive: Archive) -> None:
    for number in range(20):
        _write(root / f"more/{number}.jpg", (100 + number * 5, 20, 10))
    archive = scan(root)
    total = len(waiting(archive, "red-1"))
    with pytest.raises(KeyboardInterrupt):
        see(archive, root, RedIsARing(breaks_after=2))
    kept = ContentSight.objects.count()
    assert 0 < kept < total
    report = see(archive, root)
    assert (report.seen, len(sights(archive))) == (total - kept, total)


def test_what_cannot_be_read_or_seen_is_told_and_tried_again(root: Path, archive: Archive) -> None:
    _write(root / "black.jpg", (0, 0, 0))
    archive = scan(root)
    (root / "blue.jpg").unlink()
    (root / "red.jpg").unlink()  # its copy is read instead
    _write(root / "old.jpg", (250, 250, 0))
    report = see(archive, root)
    assert report.seen == 1
    told = " ".join(sorted(report.failed))
    assert "blue.jpg: it could not be opened" in told
    assert "old.jpg: it has changed since the scan" in told
    assert "black" in told
    assert len(waiting(archive, "red-1")) == 3


def test_a_sight_belongs_to_the_content_in_whatever_archive_it_lies(
    root: Path, archive: Archive, tmp_path: Path
) -> None:
    see(archive, root)
    _write(tmp_path / "other" / "again.jpg", COLOURS["red.jpg"])
    other = scan(tmp_path / "other")
    assert waiting(other, "red-1") == []
    assert len(sights(other)) == 1


def test_two_at_once_are_refused(root: Path, archive: Archive) -> None:
    lock = FileLock(settings.get().data / f"see-{archive.key}.lock")
    assert lock.acquire() is None
    try:
        with pytest.raises(Busy, match="already looks at the photos"):
            see(archive, root)
    finally:
        lock.release()
