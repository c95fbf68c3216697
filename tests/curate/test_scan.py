"""A scan reads what is new, remembers why the rest is no picture, and ends the same wherever it was stopped."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from parure.curate.scan_looks import usual_looks
from parure.curate.sources import Content, Listed, open_source
from parure.curate.sources_disk import FolderSource
from parure.errors import ImageReason, IntakeError, MissingExtra, ParureError
from parure.images import Limits, sha256
from tests.curate.scanning import ODD, QUICK, DictMemory, lacking, limited, nonsense, scan, write
from tests.curate.test_sources import refuse
from tests.intake.zips import write_zip


def names(count: int) -> list[str]:
    return [f"{number % 3}/AJ-{number}.jpg" for number in range(count)]


def test_a_photo_is_hashed_turned_upright_and_measured_in_full_size(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6  # to be turned by 90 degrees
    Image.new("RGB", (1200, 800), "gold").save(tmp_path / "a.jpg", exif=exif)
    memory = DictMemory()
    scan(open_source(str(tmp_path)), memory)
    found = memory.scanned()["a.jpg"]
    assert found.measures is not None
    assert (found.measures.width, found.measures.height) == (800, 1200)
    assert found.fingerprints.sha256 == sha256((tmp_path / "a.jpg").read_bytes())
    assert found.fingerprints.perceptual is not None
    assert (found.format, found.refusal, found.size) == ("jpeg", None, (tmp_path / "a.jpg").stat().st_size)


def test_every_bad_file_has_a_reason_and_a_line_that_names_it(tmp_path: Path) -> None:
    write(tmp_path, "good.jpg")
    write(tmp_path, "odd.jpg", size=(ODD, 40))
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "large.jpg").write_bytes(bytes(300_000))
    (tmp_path / "text.jpg").write_text("a ring")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "good.jpg").read_bytes()[:900])
    (tmp_path / "list.csv").write_text("a,b")
    memory = DictMemory()
    report = scan(open_source(str(tmp_path)), memory)
    assert memory.reasons() == {
        "cut.jpg": "truncated",
        "empty.jpg": "empty",
        "large.jpg": "too_many_bytes",
        "list.csv": "sheet",
        "odd.jpg": "failed",
        "text.jpg": "not_an_image",
    }
    for path, found in memory.scanned().items():
        assert found.refusal is None or path in found.refusal.detail
        assert (found.fingerprints.sha256 == "") == (path == "list.csv")
    assert report.refused == dict.fromkeys(memory.reasons().values(), 1)
    assert (report.listed, report.read, report.unchanged) == (7, 6, 0)


@pytest.mark.slow
def test_a_file_of_two_gigabytes_is_hashed_in_little_memory_and_refused(tmp_path: Path) -> None:
    import tracemalloc

    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(2 * 2**30)
    memory = DictMemory()
    tracemalloc.start()
    scan(open_source(str(tmp_path)), memory)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = memory.scanned()["huge.jpg"]
    assert found.refusal is not None
    assert "huge.jpg has 2,048.0 MB; a photo may have 0.2 MB." in found.refusal.detail
    assert found.fingerprints.sha256 == "a7c744c13cc101ed66c29f672f92455547889cc586ce6d44fe76ae824958ea51"
    assert peak < 16 * 2**20


def test_a_second_scan_reads_nothing_and_a_third_what_changed(tmp_path: Path) -> None:
    write(tmp_path, *names(6))
    source, memory = open_source(str(tmp_path)), DictMemory()
    assert scan(source, memory).read == 6
    report = scan(source, memory)
    assert (report.read, report.unchanged, report.gone) == (0, 6, 0)
    before = memory.scanned()
    write(tmp_path, "1/AJ-1.jpg", size=(80, 60))
    os.utime(tmp_path / "2/AJ-2.jpg", ns=(1, 1))
    write(tmp_path, "new.jpg")
    report = scan(source, memory)
    assert (report.read, report.unchanged) == (3, 4)
    assert memory.scanned()["1/AJ-1.jpg"].fingerprints != before["1/AJ-1.jpg"].fingerprints
    assert memory.scanned()["2/AJ-2.jpg"].fingerprints == before["2/AJ-2.jpg"].fingerprints


def test_fresh_and_better_looks_read_everything_again(tmp_path: Path) -> None:
    write(tmp_path, *names(3))
    source, memory = open_source(str(tmp_path)), DictMemory()
    scan(source, memory)
    assert scan(source, memory, fresh=True).read == 3
    assert scan(source, memory, replace(QUICK, version="2")).read == 3
    assert scan(source, memory, replace(QUICK, version="2")).read == 0


def test_files_without_anything_to_tell_a_change_are_always_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.jpg")
    real = FolderSource.listing
    monkeypatch.setattr(
        FolderSource,
        "listing",
        lambda source: (replace(found, stamp="") for found in real(source)),  # type: ignore[type-var]
    )
    source, memory = open_source(str(tmp_path)), DictMemory()
    assert [scan(source, memory).read for _ in range(2)] == [1, 1]


def test_what_could_not_be_opened_is_tried_again_and_what_is_broken_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "closed.jpg", "good.jpg")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    real = FolderSource.read

    def read(source: FolderSource, file: Listed, most: int) -> Content:
        if file.path == "closed.jpg":
            raise PermissionError(13, "Permission denied")
        return real(source, file, most)

    source, memory = open_source(str(tmp_path)), DictMemory()
    with monkeypatch.context() as patched:
        patched.setattr(FolderSource, "read", read)
        scan(source, memory)
    refusal = memory.scanned()["closed.jpg"].refusal
    assert refusal is not None
    assert refusal.code == ImageReason.UNREADABLE
    assert "closed.jpg could not be opened (Permission denied)" in refusal.detail
    assert scan(source, memory).read == 1
    assert set(memory.reasons()) == {"broken.jpg"}


def test_a_raised_limit_reads_what_was_too_large(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    source, memory = open_source(str(tmp_path)), DictMemory()
    scan(source, memory, limited(100))
    assert memory.reasons() == {"a.jpg": "too_many_bytes"}
    assert scan(source, memory, limited(100)).read == 0
    assert scan(source, memory, limited(10**6)).read == 1
    assert memory.reasons() == {}


def test_what_is_gone_is_marked_and_comes_back_unread(tmp_path: Path) -> None:
    write(tmp_path, *names(4))
    source, memory = open_source(str(tmp_path)), DictMemory()
    scan(source, memory)
    everything = memory.scanned()
    (tmp_path / "0/AJ-0.jpg").rename(tmp_path.parent / "aside.jpg")
    assert scan(source, memory).gone == 1
    assert set(everything) - set(memory.scanned()) == {"0/AJ-0.jpg"}
    assert scan(source, memory).gone == 0
    (tmp_path.parent / "aside.jpg").rename(tmp_path / "0/AJ-0.jpg")
    assert scan(source, memory).read == 0
    assert memory.scanned() == everything


def test_files_in_a_folder_that_is_closed_today_are_not_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/1.jpg", "a/2.jpg", "ab/3.jpg")
    source, memory = open_source(str(tmp_path)), DictMemory()
    scan(source, memory)
    everything = memory.scanned()
    (tmp_path / "ab/3.jpg").unlink()
    with monkeypatch.context() as patched:
        refuse(patched, tmp_path / "a")
        assert scan(source, memory).gone == 1
    assert memory.reasons() == {"a": "unreadable_folder"}
    assert set(memory.scanned()) == {"a", "a/1.jpg", "a/2.jpg"}
    scan(source, memory)
    assert memory.scanned() == {path: everything[path] for path in ("a/1.jpg", "a/2.jpg")}


def test_a_source_that_goes_away_ends_the_scan_instead_of_failing_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "share", *names(70))
    real = FolderSource.read

    def read(source: FolderSource, file: Listed, most: int) -> Content:
        if source.root.exists():
            source.root.rename(tmp_path / "away")
        return real(source, file, most)

    monkeypatch.setattr(FolderSource, "read", read)
    memory = DictMemory()
    with pytest.raises(IntakeError, match="cannot be read"):
        scan(open_source(str(tmp_path / "share")), memory)
    (tmp_path / "away").rename(tmp_path / "share")
    monkeypatch.undo()
    scan(open_source(str(tmp_path / "share")), memory)
    assert memory.reasons() == {}
    assert len(memory.scanned()) == 70


def test_a_scan_stopped_at_every_write_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parure.curate.scan._BATCH", 2)
    write(tmp_path, *names(9))
    (tmp_path / "bad.jpg").write_bytes(b"")
    (tmp_path / "list.csv").write_bytes(b"")
    source, whole = open_source(str(tmp_path)), DictMemory()
    scan(source, whole)
    stops = 0
    while True:
        stops += 1
        memory = DictMemory(stop_after=stops)
        try:
            scan(source, memory)
        except KeyboardInterrupt:
            report = scan(source, memory)
            assert report.read <= 10
            assert memory.scanned() == whole.scanned()
        else:
            break
    assert stops > 5


def test_a_measure_that_is_no_number_is_refused_before_it_is_stored(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    memory = DictMemory()
    scan(open_source(str(tmp_path)), memory, replace(QUICK, measure=nonsense))
    refusal = memory.scanned()["a.jpg"].refusal
    assert refusal is not None
    assert "light is nan" in refusal.detail


def test_a_missing_package_ends_the_scan_and_is_no_fault_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    memory = DictMemory()
    with pytest.raises(MissingExtra, match="curate"):
        scan(open_source(str(tmp_path)), memory, replace(QUICK, measure=lacking))
    assert memory.scanned() == {}


def test_a_zip_and_a_url_end_as_the_folder_does(tmp_path: Path) -> None:
    write(tmp_path / "photos", *names(12))
    files = {name: (tmp_path / "photos" / name).read_bytes() for name in names(12)}
    zipped = write_zip(tmp_path / "a.zip", files)
    memories = []
    for source in (str(tmp_path / "photos"), str(zipped), f"zip://::file://{zipped}"):
        memories.append(DictMemory())
        assert scan(open_source(source), memories[-1]).read == 12
        assert scan(open_source(source), memories[-1]).read == 0
    contents = [[(path, each.fingerprints, each.measures) for path, each in m.scanned().items()] for m in memories]
    assert contents[0] == contents[1] == contents[2]


def test_progress_tells_files_read_and_files_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from parure.curate.scan import run_scan

    monkeypatch.setattr("parure.curate.scan._BATCH", 4)
    write(tmp_path, *names(6))
    told: list[tuple[int, int]] = []
    run_scan(
        open_source(str(tmp_path)), DictMemory(), QUICK, jobs=0, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(4, 6), (6, 6)]


def test_the_usual_looks_find_a_picture_again_and_measure_it(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg", size=(900, 700))
    with Image.open(tmp_path / "a.jpg") as image:
        image.resize((600, 467)).save(tmp_path / "b.jpg", quality=70)
    memory = DictMemory()
    scan(open_source(str(tmp_path)), memory, usual_looks(Limits()))
    first, second = memory.scanned().values()
    assert first.fingerprints.perceptual is not None
    assert second.fingerprints.perceptual is not None
    apart = int(first.fingerprints.perceptual, 16) ^ int(second.fingerprints.perceptual, 16)
    assert apart.bit_count() <= 6
    assert first.measures is not None
    assert "sharpness" in first.measures.scores
    assert all(0 <= score <= 1 for score in first.measures.scores.values())


def test_the_order_of_reading_does_not_decide_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, *names(8))
    source, one, other = open_source(str(tmp_path)), DictMemory(), DictMemory()
    scan(source, one)
    real: Any = FolderSource.listing
    monkeypatch.setattr(FolderSource, "listing", lambda each: reversed(list(real(each))))
    scan(source, other)
    assert one.scanned() == other.scanned()


def test_one_odd_picture_is_a_line_but_many_in_a_row_end_the_scan(tmp_path: Path) -> None:
    write(tmp_path, *names(70))
    memory = DictMemory()
    with pytest.raises(ParureError, match=r"64 files in a row .* light is nan"):
        scan(open_source(str(tmp_path)), memory, replace(QUICK, measure=nonsense))
    assert scan(open_source(str(tmp_path)), memory).read == 70
    assert memory.reasons() == {}
