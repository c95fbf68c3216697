"""Scans in the database: the same values come out as went in, in both databases, whatever names files have."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from parure import settings
from parure.curate.scan import Known, Remembered
from parure.curate.sources import open_source
from parure.curate.values import Fingerprints, Measures, Reason, Scanned
from parure.errors import Busy, IntakeError, NotFound
from parure.locks import FileLock
from parure.web.archive.archives import (
    Refused,
    ScanOrder,
    find_archive,
    known_archives,
    photo_count,
    refusals,
    scan_archive,
    scanned,
)
from parure.web.archive.memory import DatabaseMemory
from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.rows import key_of
from tests.curate.scanning import QUICK, DictMemory, scan, write

pytestmark = pytest.mark.usefixtures("any_database")

HERE = ScanOrder(jobs=0)
VECTOR = np.linspace(-1, 1, 16, dtype=np.float16)
FULL = Scanned(
    path="rings/指輪 é.jpg",
    size=5_000_000_000,
    modified=1_700_000_000.25,
    fingerprints=Fingerprints("ab" * 32, "00ff" * 4, ("12" * 8, "34" * 8), VECTOR),
    measures=Measures(4000, 3000, {"sharpness": 0.5, "dark": 0.0}, "white", (0.1, 0.2, 0.5, 0.25)),
    format="jpeg",
)
NAMES = ("plain.jpg", os.fsdecode(b"old\xe9.jpg"), "zero\0.jpg", "back\\slash.jpg", "\\xe9.jpg", "a" * 4000 + ".jpg")


@pytest.fixture
def memory() -> DatabaseMemory:
    return DatabaseMemory(Archive.objects.create(key="k" * 32, location="/photos"))


@pytest.fixture
def archive(memory: DatabaseMemory) -> Archive:
    return Archive.objects.get(key="k" * 32)


def remember(*files: Scanned, stamp: str = "s", version: str = "1") -> list[Remembered]:
    return [Remembered(file, stamp, version) for file in files]


def test_what_is_kept_is_what_comes_out(memory: DatabaseMemory, archive: Archive) -> None:
    memory.keep(remember(FULL))
    (found,) = scanned(archive)
    assert found == FULL
    assert found.fingerprints.embedding is not None
    assert found.fingerprints.embedding.dtype == np.float16
    assert np.array_equal(found.fingerprints.embedding, VECTOR)


def test_a_refusal_comes_out_with_its_sentence(memory: DatabaseMemory, archive: Archive) -> None:
    reason = Reason("unreadable", "zero\0byte and \udce9 could not be opened")
    refused = Scanned("a.jpg", 0, 0.0, Fingerprints(""), refusal=reason)
    memory.keep(remember(refused))
    (found,) = scanned(archive)
    assert found.refusal == Reason("unreadable", "zero\\x00byte and \\udce9 could not be opened")
    assert (found.measures, found.format, found.fingerprints) == (None, None, Fingerprints(""))
    assert list(refusals(archive)) == [Refused("a.jpg", "unreadable", found.refusal.detail)]


def test_any_name_comes_back_byte_for_byte_and_no_two_are_confused(memory: DatabaseMemory, archive: Archive) -> None:
    memory.keep(remember(*(replace(FULL, path=name) for name in NAMES)))
    assert {found.path for found in scanned(archive)} == set(NAMES)
    assert set(memory.known()) == set(NAMES)


def test_files_come_in_the_order_of_their_paths(
    memory: DatabaseMemory, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parure.web.archive.archives._CHUNK", 3)
    paths = [f"{number}.jpg" for number in (5, 1, 4, 8, 2, 7, 3, 6)]
    memory.keep(remember(*(replace(FULL, path=path) for path in paths)))
    assert [found.path for found in scanned(archive)] == sorted(paths)


def test_a_path_scanned_again_has_one_row_with_what_was_found_last(memory: DatabaseMemory, archive: Archive) -> None:
    memory.keep(remember(FULL))
    memory.mark([FULL.path], gone=True)
    refused = Scanned(FULL.path, 7, 1.0, Fingerprints("cd" * 32), refusal=Reason("corrupt", "It is damaged."))
    memory.keep(remember(refused, stamp="t", version="2"))
    assert list(scanned(archive)) == [refused]
    assert memory.known() == {FULL.path: Known(7, "t", "2", "corrupt", gone=False)}
    assert ArchiveFile.objects.count() == 1


def test_what_is_gone_is_known_but_not_given(memory: DatabaseMemory, archive: Archive) -> None:
    memory.keep(remember(FULL, replace(FULL, path="b.jpg")))
    memory.mark([FULL.path], gone=True)
    assert [found.path for found in scanned(archive)] == ["b.jpg"]
    assert photo_count(archive) == 1
    assert memory.known()[FULL.path].gone
    memory.mark([FULL.path], gone=False)
    assert photo_count(archive) == 2


def test_many_paths_are_marked_at_once(memory: DatabaseMemory, archive: Archive) -> None:
    paths = [f"{number}.jpg" for number in range(1200)]
    memory.keep(remember(*(replace(FULL, path=path) for path in paths)))
    memory.mark(paths, gone=True)
    assert list(scanned(archive)) == []


def test_a_batch_that_fails_leaves_nothing_behind(memory: DatabaseMemory, archive: Archive) -> None:
    with pytest.raises(Exception, match=r".+"):
        memory.keep([*remember(FULL), *remember(replace(FULL, path="b.jpg"), version="v" * 1_000_000), None])  # type: ignore[list-item]
    assert memory.known() == {}


def test_a_scan_into_the_database_gives_what_one_into_memory_gives(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number % 3}/{number}.jpg" for number in range(12)))
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "list.csv").write_bytes(b"")
    source, held = open_source(str(tmp_path)), DictMemory()
    scan(source, held)
    report = scan_archive(source, QUICK, HERE)
    archive = find_archive(str(tmp_path))
    found = {each.path: each for each in scanned(archive)}
    assert list(found) == sorted(found)
    assert set(found) == set(held.scanned())
    for path, each in held.scanned().items():
        assert found[path].fingerprints == each.fingerprints
        assert found[path].refusal == each.refusal
        if each.measures is not None:
            assert found[path].measures == replace(each.measures, scores=pytest.approx(each.measures.scores, abs=1e-5))
    assert (report.read, photo_count(archive)) == (13, 12)
    assert scan_archive(source, QUICK, HERE).read == 0
    assert scan_archive(source, QUICK, ScanOrder(0, fresh=True)).read == 13


def test_two_scans_of_one_archive_do_not_run_together(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    source = open_source(str(tmp_path))
    lock = FileLock(settings.get().data / f"scan-{key_of(source.location)}.lock")
    assert lock.acquire() is None
    try:
        with pytest.raises(Busy, match="already scans"):
            scan_archive(source, QUICK, HERE)
    finally:
        lock.release()
    assert scan_archive(source, QUICK, HERE).read == 1


def test_an_archive_is_found_by_its_place_even_when_that_is_out_of_reach(tmp_path: Path) -> None:
    write(tmp_path / "disk", "a.jpg")
    with pytest.raises(NotFound, match="was not scanned yet"):
        find_archive(str(tmp_path / "disk"))
    scan_archive(open_source(str(tmp_path / "disk")), QUICK, HERE)
    (tmp_path / "disk").rename(tmp_path / "away")
    assert find_archive(str(tmp_path / "disk")).location == str(tmp_path / "disk")
    assert [archive.location for archive in known_archives()] == [str(tmp_path / "disk")]
    with pytest.raises(IntakeError, match="does not exist"):
        find_archive(str(tmp_path / "never"))


def test_a_scan_that_was_stopped_is_no_archive_to_plan_by(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg", "b.jpg")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    source = open_source(str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        scan_archive(source, QUICK, HERE, progress=stop)
    with pytest.raises(NotFound, match="was stopped"):
        find_archive(str(tmp_path))
    scan_archive(source, QUICK, HERE)
    assert photo_count(find_archive(str(tmp_path))) == 2


def test_rows_are_fetched_as_they_are_asked_for(
    memory: DatabaseMemory, archive: Archive, django_queries: Callable[[], int]
) -> None:
    memory.keep(remember(*(replace(FULL, path=f"{number}.jpg") for number in range(1100))))
    before = django_queries()
    files: Iterator[Scanned] = scanned(archive)
    next(files)
    assert django_queries() - before == 2  # the order, and the first 500
    assert sum(1 for _ in files) == 1099
    assert django_queries() - before == 4


@pytest.fixture
def django_queries() -> Iterator[Callable[[], int]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        yield lambda: len(caught)
