"""Zips, honest and hostile."""

from __future__ import annotations

import stat
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parure.errors import ImageError, ImageReason, IntakeError
from parure.intake import Found, discover
from parure.intake.archive import read_archive
from tests.intake.zips import patch_directory, write_zip, zip_of_empty_entries


def reasons(found: Found) -> dict[str, str]:
    return {item.item: item.reason for item in found.rejected}


def test_members_are_found_and_read_lazily(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {"rings/a.jpg": b"one", "b.png": b"two", "rings/": b"", ".DS_Store": b"x"})
    found = discover([path])
    assert [(file.name, file.size, file.read()) for file in found.files] == [
        ("b.png", 3, b"two"),
        ("rings/a.jpg", 3, b"one"),
    ]
    assert found.files[1].source == f"{path}!rings/a.jpg"
    assert found.notes == ("Hidden and system files were skipped (1).",)


@pytest.mark.parametrize("name", ["../a.jpg", "x/../../a.jpg", "/etc/a.jpg", "C:/a.jpg", "..\\a.jpg", "x\\a.jpg"])
def test_names_that_lead_out_of_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    found = discover([write_zip(tmp_path / "p.zip", {name: b"x", "fine.jpg": b"y"})])
    assert [file.name for file in found.files] == ["fine.jpg"]
    assert reasons(found) == {name: "unsafe_path"}


def test_links_nested_archives_sheets_and_others_are_named(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        for name in ("more.zip", "more.tar.gz", "products.csv", "read.txt"):
            archive.writestr(name, b"x")
    assert reasons(discover([path])) == {
        "link.jpg": "linked_file",
        "more.zip": "nested_archive",
        "more.tar.gz": "nested_archive",
        "products.csv": "sheet_in_archive",
        "read.txt": "not_a_photo",
    }


def test_a_nested_bomb_is_never_opened(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"zeros.jpg": b"\0" * 2**24}).read_bytes()
    found = discover([write_zip(tmp_path / "outer.zip", {"inner.zip": inner, "deep.jpg": inner})])
    assert reasons(found) == {"inner.zip": "nested_archive"}
    assert found.files[0].read() == inner  # a zip named .jpg is bytes like any other; the image door refuses it


def test_a_member_that_expands_too_much_is_rejected_unopened(tmp_path: Path) -> None:
    found = discover([write_zip(tmp_path / "p.zip", {"zeros.jpg": b"\0" * (65 * 2**20), "a.jpg": b"photo"})])
    assert reasons(found) == {"zeros.jpg": "expands_too_much"}
    assert [file.name for file in found.files] == ["a.jpg"]


def test_members_that_only_together_are_a_bomb_refuse_the_zip(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {f"{n}.jpg": b"" for n in range(40)})
    for number in range(40):
        patch_directory(path, f"{number}.jpg", size=60 * 2**20)
    with pytest.raises(IntakeError, match="would grow to"):
        discover([path])


@pytest.mark.parametrize("stated", [5, 5000])
def test_a_member_that_lies_about_its_size_is_read_within_bounds_and_refused(tmp_path: Path, stated: int) -> None:
    path = write_zip(tmp_path / "p.zip", {"a.jpg": bytes(range(256)) * 4})
    patch_directory(path, "a.jpg", size=stated)
    (file,) = discover([path]).files
    with pytest.raises(ImageError, match=r"a\.jpg is damaged") as caught:
        file.read()
    assert caught.value.reason is ImageReason.CORRUPT


def test_flipped_bytes_inside_a_member_are_noticed(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {"a.jpg": b"A" * 1000}, compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"AAAA", b"AABA", 1))
    with pytest.raises(ImageError, match="damaged"):
        discover([path]).files[0].read()


def test_locked_and_oddly_packed_members_are_rejected(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {"locked.jpg": b"x"})
    patch_directory(path, "locked.jpg", flags=1)
    assert reasons(discover([path])) == {"locked.jpg": "encrypted"}
    odd = write_zip(tmp_path / "odd.zip", {"a.jpg": b"x"}, compression=zipfile.ZIP_LZMA)
    assert reasons(discover([odd])) == {"a.jpg": "unsupported_compression"}


def test_a_zip_of_a_hundred_thousand_entries_is_refused_at_its_table_of_contents(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="more than 50,000 entries"):
        discover([zip_of_empty_entries(tmp_path / "many.zip", 100_000)])


def test_a_count_that_lies_does_not_hide_the_entries(tmp_path: Path) -> None:
    path = zip_of_empty_entries(tmp_path / "many.zip", 50_001)
    data = bytearray(path.read_bytes())
    data[-14:-10] = b"\x01\x00\x01\x00"  # both counts in the end record
    path.write_bytes(bytes(data))
    with pytest.raises(IntakeError, match="more than 50,000 entries"):
        discover([path])


def test_the_most_entries_allowed_are_read_and_one_more_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.archive.MAX_ENTRIES", 300)
    assert len(discover([zip_of_empty_entries(tmp_path / "many.zip", 300)]).files) == 300
    with pytest.raises(IntakeError, match="more than 300 entries"):
        discover([zip_of_empty_entries(tmp_path / "more.zip", 301)])


@pytest.mark.parametrize("damage", ["truncated", "not_a_zip", "empty"])
def test_a_damaged_zip_is_one_clear_error(tmp_path: Path, damage: str) -> None:
    path = write_zip(tmp_path / "p.zip", {"a.jpg": b"x" * 500, "b.jpg": b"y" * 500})
    whole = path.read_bytes()
    path.write_bytes({"truncated": whole[:-40], "not_a_zip": b"hello", "empty": b""}[damage])
    with pytest.raises(IntakeError, match=r"p\.zip is not a readable zip"):
        discover([path])


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_of_a_name_stored_twice_the_later_one_counts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("a.jpg", b"old")
        archive.writestr("a.jpg", b"new")
    assert [file.read() for file in discover([tmp_path / "p.zip"]).files] == [b"new"]


def test_names_written_without_the_utf8_flag_are_still_read_as_utf8(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {"été.jpg": b"x"})
    patch_directory(path, "été.jpg", flags=0)
    assert [file.name for file in discover([path]).files] == ["été.jpg"]


def test_many_threads_may_read_one_zip(tmp_path: Path) -> None:
    contents = {f"{number}.jpg": bytes([number % 251]) * (1000 + number) for number in range(200)}
    files = discover([write_zip(tmp_path / "p.zip", contents)]).files
    with ThreadPoolExecutor(8) as pool:
        read = dict(zip((file.name for file in files), pool.map(lambda file: file.read(), files), strict=True))
    assert read == contents


def test_the_same_zip_given_twice_counts_once(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "p.zip", {"a.jpg": b"x"})
    assert len(discover([path, path]).files) == 1


def test_a_member_tells_when_it_was_changed_and_a_checksum_of_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.jpg", (2024, 5, 6, 7, 8, 10)), b"one")
        archive.writestr(zipfile.ZipInfo("b.jpg", (1980, 0, 0, 0, 0, 0)), b"two")
    first, second = read_archive(path).files
    assert first.modified == 1714979290.0
    assert first.checksum == f"{zlib.crc32(b'one'):08x}"
    assert second.modified == 0.0


def test_a_caller_may_take_zips_with_more_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parure.intake.archive.MAX_ENTRIES", 2)
    path = zip_of_empty_entries(tmp_path / "a.zip", 3)
    with pytest.raises(IntakeError, match="more than 2 entries"):
        read_archive(path)
    assert len(read_archive(path, most=3).files) == 3
