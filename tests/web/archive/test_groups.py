"""Duplicates in the database: what comes out is what was found; it holds until the archive changes, and no longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image

from parure import settings
from parure.curate.duplicates import Duplicates, Tier
from parure.curate.sources import Content, Listed, Source, open_source
from parure.errors import Busy, ImageError
from parure.images import Limits
from parure.locks import FileLock
from parure.web.archive.archives import ScanOrder, find_archive, scan_archive
from parure.web.archive.facts import contents, facts, facts_of
from parure.web.archive.groups import duplicates_of, has_duplicates, picture_reader
from parure.web.archive.models import Archive, ArchiveFile, DuplicateMember, DuplicateSearch
from tests.curate.made_archive import make_archive

pytest.importorskip("cv2")
pytestmark = pytest.mark.usefixtures("any_database")
LIMITS = Limits()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_archive(tmp_path, styles=4).archive


@pytest.fixture
def archive(root: Path) -> Archive:
    scan(root)
    return find_archive(str(root))


def scan(root: Path) -> None:
    from parure.curate.scan_looks import usual_looks

    scan_archive(open_source(str(root)), usual_looks(LIMITS), ScanOrder(jobs=0))


def never() -> Source:
    raise AssertionError("the archive is not read again")


def test_groups_are_found_once_and_come_out_the_same(root: Path, archive: Archive) -> None:
    assert not has_duplicates(archive)
    found = duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    assert {tier: len(found.of(tier)) for tier in Tier} == {"same_bytes": 1, "same_picture": 2}
    assert has_duplicates(archive)
    assert duplicates_of(archive, never, LIMITS) == found
    assert any(member.comparison for group in found.groups for member in group.members)


def test_they_are_sought_again_when_a_file_came_went_or_changed(root: Path, archive: Archive) -> None:
    duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    (root / "web/DSC_0177.jpg").unlink()
    scan(root)
    assert not has_duplicates(archive)
    found = duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    assert len(found.of(Tier.SAME_PICTURE)) == 1
    assert DuplicateSearch.objects.count() == 1


def test_they_are_sought_again_when_a_photo_that_could_not_be_measured_now_can(root: Path, archive: Archive) -> None:
    row = ArchiveFile.objects.filter(path="web/DSC_0177.jpg")
    prints = row.values("turned", "embedding").get()
    row.update(refusal="failed", turned=[], embedding=None)
    assert len(duplicates_of(archive, lambda: open_source(str(root)), LIMITS).of(Tier.SAME_PICTURE)) == 1
    assert has_duplicates(archive)
    row.update(refusal="", **prints)
    assert not has_duplicates(archive)
    assert len(duplicates_of(archive, lambda: open_source(str(root)), LIMITS).of(Tier.SAME_PICTURE)) == 2


def test_what_could_not_be_read_is_tried_again(root: Path, archive: Archive) -> None:
    hidden = root / "web/DSC_0177.jpg"
    away = hidden.rename(root.parent / "away.jpg")
    found = duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    assert [path for path, _ in found.unseen] == ["web/DSC_0177.jpg"]
    assert not has_duplicates(archive)
    away.rename(hidden)
    assert duplicates_of(archive, lambda: open_source(str(root)), LIMITS).unseen == ()


def test_a_search_that_breaks_leaves_what_was_there(
    root: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    (root / "new.jpg").write_bytes((root / "web/DSC_0177.jpg").read_bytes())
    scan(root)
    rows = DuplicateMember.objects.count()
    monkeypatch.setattr(DuplicateMember.objects, "bulk_create", _broken)
    with pytest.raises(KeyboardInterrupt):
        duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    monkeypatch.undo()
    assert DuplicateMember.objects.count() == rows
    after = duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    assert len(after.of(Tier.SAME_BYTES)) == len(before.of(Tier.SAME_BYTES)) + 1


def test_after_one_new_file_only_it_and_what_is_like_it_are_read(root: Path, archive: Archive) -> None:
    duplicates_of(archive, lambda: open_source(str(root)), LIMITS)
    late = root / "late.jpg"
    with Image.open(root / "web/DSC_0177.jpg") as image:
        image.resize((200, 200)).save(late)
    scan(root)
    counting = Counting(open_source(str(root)))
    found = duplicates_of(archive, lambda: counting, LIMITS)
    assert "late.jpg" in counting.read_paths
    assert len(counting.read_paths) < ArchiveFile.objects.filter(refusal="").count() / 2
    shutil.rmtree(settings.get().data / "duplicates")
    DuplicateSearch.objects.all().delete()
    assert duplicates_of(archive, lambda: open_source(str(root)), LIMITS) == found


class Counting:
    """A source that tells what was read."""

    def __init__(self, source: Source) -> None:
        self._source, self.read_paths = source, set[str]()
        self.location, self.reads_at_once, self.listing = source.location, source.reads_at_once, source.listing

    def read(self, file: Listed, most: int) -> Content:
        self.read_paths.add(file.path)
        return self._source.read(file, most)


def test_two_searches_at_once_are_refused(archive: Archive) -> None:
    lock = FileLock(settings.get().data / f"duplicates-{archive.key}.lock")
    assert lock.acquire() is None
    try:
        with pytest.raises(Busy, match="already looks for duplicates"):
            duplicates_of(archive, never, LIMITS)
    finally:
        lock.release()


def test_a_picture_that_changed_since_the_scan_is_not_taken_for_the_one_scanned(root: Path, archive: Archive) -> None:
    reader = picture_reader(archive, open_source(str(root)), LIMITS)
    assert reader("web/DSC_0177.jpg").shape == (384, 384, 3)
    (root / "web/DSC_0177.jpg").write_bytes((root / "backup/IMG_2041.jpg").read_bytes())
    with pytest.raises(ImageError, match="has changed since the scan"):
        reader("web/DSC_0177.jpg")


def test_facts_are_scanned_files_without_embeddings(archive: Archive) -> None:
    found = {file.path: file for file in facts(archive)}
    assert len(found) == ArchiveFile.objects.count()
    one = found["web/DSC_0177.jpg"]
    assert one.measures is not None
    assert (one.measures.width, one.measures.height, one.format) == (400, 400, "jpeg")
    assert one.fingerprints.embedding is None
    assert found["2019/prices.csv"].refusal is not None
    assert facts_of(archive, ["web/DSC_0177.jpg", "none.jpg"]) == {one.path: one}
    assert contents(archive)["web/DSC_0177.jpg"] == one.fingerprints.sha256
    assert contents(archive)["2019/prices.csv"] == ""


def _broken(*_: object, **__: object) -> Duplicates:
    assert connection.in_atomic_block
    raise KeyboardInterrupt
