"""Folders, zips and URLs: what is listed, in which order, and what each kind of bad file is called."""

from __future__ import annotations

import builtins
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from parure.curate.sources import Listed, Source, Unlisted, not_by_name, open_source
from parure.curate.sources_disk import FolderSource
from parure.curate.sources_url import UrlSource
from parure.errors import ImageError, ImageReason, IntakeError, MissingExtra
from tests.curate.scanning import write
from tests.intake.zips import patch_directory, write_zip

AS_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def listed(source: Source) -> list[str]:
    return [found.path for found in source.listing() if isinstance(found, Listed)]


def reasons(source: Source) -> dict[str, str]:
    return {found.path: found.reason.code for found in source.listing() if isinstance(found, Unlisted)}


def only(source: Source) -> Listed:
    (found,) = source.listing()
    assert isinstance(found, Listed)
    return found


@pytest.fixture
def bucket() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def test_a_folder_lists_photos_of_every_depth_in_a_stable_order(tmp_path: Path) -> None:
    write(tmp_path, "b/2.JPG", "b/1.jpg", "a.jpg", "指輪/金.jpg", "Кольцо.jpg")
    assert listed(open_source(str(tmp_path))) == ["a.jpg", "Кольцо.jpg", "b/1.jpg", "b/2.JPG", "指輪/金.jpg"]


def test_the_same_name_in_two_unicode_forms_is_two_files(tmp_path: Path) -> None:
    write(tmp_path, "caf\u00e9.jpg", "cafe\u0301.jpg")
    assert len(listed(open_source(str(tmp_path)))) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse names that are no text")
def test_names_in_an_old_encoding_are_listed_and_read_by_their_bytes(tmp_path: Path) -> None:
    name = b"bague_dor\xe9e.jpg"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"gold")
    source = open_source(str(tmp_path))
    file = only(source)
    assert os.fsencode(file.path) == name
    assert source.read(file, 100).data == b"gold"


def test_names_of_255_bytes_are_files_like_others(tmp_path: Path) -> None:
    name = "é" * 125 + "x.jpg"
    assert len(name.encode()) == 255
    write(tmp_path, name)
    source = open_source(str(tmp_path))
    assert source.read(only(source), 10**6).data == (tmp_path / name).read_bytes()


def test_links_are_told_and_not_followed_so_that_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "real/a.jpg")
    (tmp_path / "real/loop").symlink_to(tmp_path)
    (tmp_path / "again.jpg").symlink_to("real/a.jpg")
    (tmp_path / "dead.jpg").symlink_to("nowhere.jpg")
    (tmp_path / "itself.jpg").symlink_to("itself.jpg")
    source = open_source(str(tmp_path))
    assert listed(source) == ["real/a.jpg"]
    assert reasons(source) == dict.fromkeys(("again.jpg", "dead.jpg", "itself.jpg", "real/loop"), "link")


def test_pipes_and_folders_named_like_photos_are_no_photos(tmp_path: Path) -> None:
    write(tmp_path, "folder.jpg/a.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    source = open_source(str(tmp_path))
    assert listed(source) == ["folder.jpg/a.jpg"]
    assert reasons(source) == {"pipe.jpg": "not_a_file"}


def test_a_photo_that_became_a_pipe_since_it_was_listed_does_not_stop_the_scan(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    source = open_source(str(tmp_path))
    file = only(source)
    (tmp_path / "a.jpg").unlink()
    os.mkfifo(tmp_path / "a.jpg")
    with pytest.raises(OSError, match="no file any more"):
        source.read(file, 100)


@AS_ROOT
def test_a_folder_without_permission_is_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.jpg", "open/b.jpg")
    (tmp_path / "closed").chmod(0)
    try:
        source = open_source(str(tmp_path))
        assert listed(source) == ["open/b.jpg"]
        assert reasons(source) == {"closed": "unreadable_folder"}
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_folder_the_system_refuses_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "closed/a.jpg", "open/b.jpg")
    refuse(monkeypatch, tmp_path / "closed")
    found = list(open_source(str(tmp_path)).listing())
    (closed,) = [each for each in found if isinstance(each, Unlisted)]
    assert (closed.path, closed.reason.code, closed.hides) == ("closed", "unreadable_folder", True)
    assert closed.reason.detail == (
        "The folder closed cannot be read (Permission denied). Check its permissions, then scan again."
    )
    assert [each.path for each in found if isinstance(each, Listed)] == ["open/b.jpg"]


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As the system does without permission; the tests may be run by somebody who may read everything."""
    real = os.scandir

    def scandir(path: Path) -> Any:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_folders_deeper_than_anyone_files_photos_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.curate.sources_disk.MAX_DEPTH", 2)
    write(tmp_path, "a/b/c.jpg", "a/b/c/d.jpg")
    source = open_source(str(tmp_path))
    assert listed(source) == ["a/b/c.jpg"]
    assert reasons(source) == {"a/b/c": "too_deep"}


def test_what_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".hidden/a.jpg", "__MACOSX/b.jpg", "._c.jpg", "Thumbs.db", "d.jpg")
    assert [found.path for found in open_source(str(tmp_path)).listing()] == ["d.jpg"]


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("stock.xlsx", "sheet", "curate sheets"),
        ("old.zip", "nested_archive", "unpack"),
        ("ring.psd", "not_a_photo", "export it as JPEG"),
        ("a/AJ-1042", "not_a_photo", "rename it"),
        ("a.\udce9", "not_a_photo", "\\udce9"),
    ],
)
def test_a_name_that_is_no_photo_says_what_it_is(name: str, code: str, hint: str) -> None:
    reason = not_by_name(name)
    assert reason is not None
    assert reason.code == code
    assert hint in reason.detail
    reason.detail.encode()


def test_a_stamp_changes_with_time_and_not_with_reading(tmp_path: Path) -> None:
    write(tmp_path, "a.jpg")
    source = open_source(str(tmp_path))
    before = only(source)
    source.read(before, 10**6)
    assert only(source) == before
    os.utime(tmp_path / "a.jpg", ns=(1, 1))
    assert only(source).stamp != before.stamp


def test_a_large_file_is_hashed_without_being_held(tmp_path: Path) -> None:
    data = os.urandom(3 * 2**20)
    (tmp_path / "a.jpg").write_bytes(data)
    source = open_source(str(tmp_path))
    content = source.read(only(source), 2**20)
    whole = source.read(only(source), 3 * 2**20)
    assert (content.data, content.size) == (None, len(data))
    assert content.sha256 == whole.sha256
    assert whole.data == data


def test_a_file_that_grew_since_it_was_listed_is_read_whole_or_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"short")
    source = open_source(str(tmp_path))
    file = only(source)
    (tmp_path / "a.jpg").write_bytes(b"longer than before")
    assert source.read(file, 100).data == b"longer than before"
    assert source.read(file, 10).data is None


@pytest.mark.parametrize(
    ("name", "message"), [("none", "does not exist"), ("a.jpg", "neither a folder nor a zip"), ("bad.zip", "zip")]
)
def test_what_is_no_source_is_refused_with_advice(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "bad.zip").write_bytes(b"x")
    with pytest.raises(IntakeError, match=message):
        list(open_source(str(tmp_path / name)).listing())


def test_one_folder_is_one_location_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "link").symlink_to("a b")
    monkeypatch.chdir(tmp_path)
    ways = ["a b", "a b/", "./a b", "link", f"file://{tmp_path}/a%20b", str(tmp_path / "a b")]
    assert {open_source(way).location for way in ways} == {str(tmp_path.resolve() / "a b")}


def test_a_zip_lists_and_reads_members_and_tells_bad_ones(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip", {"rings/a.jpg": b"one", "b.jpg": b"two", "s.csv": b"x", "../c.jpg": b"x", "d.jpg": b"d"}
    )
    patch_directory(path, "d.jpg", flags=1)
    source = open_source(str(path))
    files = [found for found in source.listing() if isinstance(found, Listed)]
    assert [(file.path, source.read(file, 100).data) for file in files] == [("b.jpg", b"two"), ("rings/a.jpg", b"one")]
    assert reasons(source) == {"s.csv": "sheet", "../c.jpg": "unsafe_path", "d.jpg": "encrypted"}
    assert source.read(files[0], 2).data is None


def test_members_of_a_zip_are_known_by_their_content_not_by_the_zips_date(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.jpg": b"one", "b.jpg": b"two"})
    before = {found.path: found for found in open_source(str(path)).listing() if isinstance(found, Listed)}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"one")
        archive.writestr("b.jpg", b"TWO")
    after = {found.path: found for found in open_source(str(path)).listing() if isinstance(found, Listed)}
    assert after["a.jpg"].stamp == before["a.jpg"].stamp
    assert after["b.jpg"].stamp != before["b.jpg"].stamp
    assert open_source(str(path)).read(after["b.jpg"], 100).data == b"TWO"


def test_a_zip_may_hold_more_photos_than_an_import_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.archive.MAX_ENTRIES", 1)
    path = write_zip(tmp_path / "a.zip", {"a.jpg": b"one", "b.jpg": b"two"})
    assert listed(open_source(str(path))) == ["a.jpg", "b.jpg"]


def test_a_url_lists_and_reads_what_lies_behind_it(bucket: Any) -> None:
    bucket.pipe({"/shop/rings/a.jpg": b"one", "/shop/b.jpg": b"two", "/shop/s.csv": b"x", "/other/c.jpg": b"x"})
    source = open_source("memory://shop/")
    files = [found for found in source.listing() if isinstance(found, Listed)]
    assert [(file.path, source.read(file, 100).data) for file in files] == [("b.jpg", b"two"), ("rings/a.jpg", b"one")]
    assert reasons(source) == {"s.csv": "sheet"}
    assert source.location == "memory://shop"
    assert all(file.stamp and file.modified for file in files)


def test_a_zip_behind_a_url_is_a_url_too(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"rings/a.jpg": b"one"})
    source = open_source(f"zip://::file://{path}")
    file = only(source)
    assert (file.path, source.read(file, 100).data) == ("rings/a.jpg", b"one")


def test_a_password_in_a_url_is_not_shown(bucket: Any) -> None:
    source = UrlSource("ftp://ana:secret@host/photos")
    assert source.location == "ftp://host/photos"
    assert "secret" not in repr(source)


def test_an_entity_tag_counts_more_than_a_date(monkeypatch: pytest.MonkeyPatch, bucket: Any) -> None:
    bucket.pipe("/shop/a.jpg", b"one")
    told = dict(bucket.info("/shop/a.jpg"))
    monkeypatch.setattr(type(bucket), "ls", lambda *args, **named: [{**told, "ETag": '"abc"'}])
    assert only(UrlSource("memory://shop")).stamp == '"abc"'
    monkeypatch.setattr(type(bucket), "ls", lambda *args, **named: [{"name": "/shop/a.jpg", "type": "file"}])
    assert only(UrlSource("memory://shop")) == Listed("a.jpg", 0, 0.0, "")


def test_a_closed_folder_behind_a_url_is_told_and_the_rest_is_listed(
    monkeypatch: pytest.MonkeyPatch, bucket: Any
) -> None:
    bucket.pipe({"/shop/closed/a.jpg": b"one", "/shop/open/b.jpg": b"two"})
    real = type(bucket).ls

    def ls(system: Any, path: str, **named: Any) -> Any:
        if path.endswith("closed"):
            raise RuntimeError("Access denied")
        return real(system, path, **named)

    monkeypatch.setattr(type(bucket), "ls", ls)
    source = UrlSource("memory://shop")
    assert listed(source) == ["open/b.jpg"]
    assert reasons(source) == {"closed": "unreadable_folder"}


def test_a_file_that_is_gone_behind_a_url_is_unreadable(bucket: Any) -> None:
    bucket.pipe("/shop/a.jpg", b"one")
    with pytest.raises(ImageError, match=r"b\.jpg could not be read") as caught:
        UrlSource("memory://shop").read(Listed("b.jpg", 3, 0.0, ""), 100)
    assert caught.value.reason is ImageReason.UNREADABLE


@pytest.mark.parametrize("url", ["nonsense://x", "memory://nothing-here"])
def test_a_url_that_leads_nowhere_is_refused(url: str, bucket: Any) -> None:
    with pytest.raises(IntakeError):
        list(open_source(url).listing())


def test_a_url_without_fsspec_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("fsspec"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"parure\[curate\]"):
        open_source("s3://another-bucket")


def test_a_folder_that_is_gone_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        list(FolderSource(tmp_path / "none").listing())
