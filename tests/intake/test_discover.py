"""Folders and single files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from parure.errors import ImageError, ImageReason, IntakeError
from parure.intake import discover
from parure.intake.discovery import MAX_DEPTH


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * len(name))


def reasons(root: Path) -> dict[str, str]:
    return {item.item: item.reason for item in discover([root]).rejected}


def test_photos_are_found_in_every_folder_in_a_stable_order(tmp_path: Path) -> None:
    touch(tmp_path, "b/2.JPG", "b/1.webp", "a.heic", "B2/x.tiff", "指輪/金.png")
    names = [file.name for file in discover([tmp_path]).files]
    assert names == ["a.heic", "b/1.webp", "b/2.JPG", "B2/x.tiff", "指輪/金.png"]


def test_a_found_file_knows_its_size_its_source_and_its_bytes(tmp_path: Path) -> None:
    touch(tmp_path, "rings/a.jpg")
    (file,) = discover([tmp_path]).files
    assert (file.size, file.source, file.read()) == (11, str(tmp_path / "rings" / "a.jpg"), b"x" * 11)


def test_system_junk_is_skipped_and_counted_but_not_rejected(tmp_path: Path) -> None:
    touch(tmp_path, ".DS_Store", "Thumbs.db", "__MACOSX/a.jpg", "desktop.ini", "._a.jpg", ".hidden/b.jpg", "a.jpg")
    found = discover([tmp_path])
    assert [file.name for file in found.files] == ["a.jpg"]
    assert found.rejected == ()
    assert found.notes == ("Hidden and system files were skipped (6).",)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("a.pdf", "PDF"), ("a.cr2", "camera raw"), ("a.svg", "vector"), ("a.xls", ".xlsx"), ("noending", "rename")],
)
def test_what_is_no_photo_is_rejected_with_advice(tmp_path: Path, name: str, hint: str) -> None:
    touch(tmp_path, name)
    (rejection,) = discover([tmp_path]).rejected
    assert (rejection.item, rejection.kind, rejection.reason) == (name, "file", "not_a_photo")
    assert hint in rejection.detail


def test_sheets_are_offered_and_neither_used_nor_rejected(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "products.csv", "more/stock.xlsx", "m.jsonl")
    found = discover([tmp_path])
    assert [sheet.name for sheet in found.sheets] == ["m.jsonl", "stock.xlsx", "products.csv"]
    assert found.rejected == ()


def test_an_archive_inside_a_folder_is_not_opened(tmp_path: Path) -> None:
    touch(tmp_path, "old.zip")
    assert reasons(tmp_path) == {"old.zip": "nested_archive"}


def test_single_files_and_folders_can_be_mixed_and_count_once(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.jpg", "b.png")
    found = discover([tmp_path / "b.png", tmp_path / "in", tmp_path / "in" / "a.jpg"])
    assert [file.name for file in found.files] == ["b.png", "a.jpg"]


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="nowhere"):
        discover([tmp_path / "nowhere"])


def test_links_to_folders_are_told_and_not_followed_so_loops_end(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.jpg")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "linked.jpg").symlink_to(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    assert [file.name for file in discover([tmp_path]).files] == ["a/1.jpg", "a/linked.jpg"]
    assert reasons(tmp_path) == {"a/loop": "linked_folder", "a/gone.jpg": "unreadable"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "closed/b.jpg")
    (tmp_path / "closed").chmod(0)
    assert reasons(tmp_path) == {"closed": "unreadable"}
    assert len(discover([tmp_path]).files) == 1


def test_a_folder_that_cannot_be_listed_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.jpg", "closed/b.jpg")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert reasons(tmp_path) == {"closed": "unreadable"}
    assert [file.name for file in discover([tmp_path]).files] == ["a.jpg"]


def test_a_pipe_named_like_a_photo_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert reasons(tmp_path) == {"a.jpg": "not_a_photo"}


def test_folders_nested_beyond_reason_are_rejected(tmp_path: Path) -> None:
    touch(tmp_path, "/".join(["d"] * (MAX_DEPTH + 5)) + "/a.jpg")
    assert list(reasons(tmp_path).values()) == ["too_deep"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux file names are bytes")
def test_a_name_that_is_no_valid_text_can_be_shown_stored_and_opened(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/ring\xff.jpg"))).write_bytes(b"data")
    (file,) = discover([tmp_path]).files
    assert file.name == "ring�.jpg"
    assert file.read() == b"data"


def test_a_file_that_is_gone_says_so_when_it_is_read(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg")
    (file,) = discover([tmp_path]).files
    (tmp_path / "a.jpg").unlink()
    with pytest.raises(ImageError, match=r"a\.jpg could not be opened") as caught:
        file.read()
    assert caught.value.reason is ImageReason.UNREADABLE


def test_a_file_that_grew_beyond_any_photo_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.discovery.MAX_FILE_BYTES", 4)
    touch(tmp_path, "a.jpg")
    (file,) = discover([tmp_path]).files
    with pytest.raises(ImageError) as caught:
        file.read()
    assert caught.value.reason is ImageReason.TOO_MANY_BYTES
