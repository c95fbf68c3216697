"""Pictures of archive files: only scanned contents, only as they were scanned, only for staff, drawn anew."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image

from parure.web.archive.models import Archive, ArchiveFile
from parure.web.archive.review.services import reading
from tests.web.pictures import jpeg

PATH = "studio/BR-7.jpg"


@pytest.fixture
def file(archive: Archive) -> ArchiveFile:
    return ArchiveFile.objects.get(archive=archive, path=PATH)


def address(archive: Archive, sha256: str, side: int = 480) -> str:
    return f"/review/{archive.pk}/photos/{sha256}/{side}.webp"


def test_a_scanned_photo_is_shown_small_and_asked_for_once(staff: Client, archive: Archive, file: ArchiveFile) -> None:
    response = staff.get(address(archive, file.sha256))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"].startswith("private")
    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("WEBP", (300, 200))
    again = staff.get(address(archive, file.sha256), headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_reason_is_shown_as_a_picture(staff: Client, archive: Archive, file: ArchiveFile) -> None:
    response = staff.get(f"/review/{archive.pk}/photos/{file.sha256}/why/sharpness.webp")
    assert response.status_code == 200
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size[1] > 190
    assert staff.get(f"/review/{archive.pk}/photos/{file.sha256}/why/beauty.webp").status_code == 404


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "a" * 63, "A" * 64])
def test_what_was_never_scanned_is_not_there(staff: Client, archive: Archive, sha256: str) -> None:
    assert staff.get(address(archive, sha256)).status_code == 404


def test_other_sizes_are_not_made(staff: Client, archive: Archive, file: ArchiveFile) -> None:
    assert staff.get(address(archive, file.sha256, 20_000)).status_code == 404


def test_a_photo_of_another_archive_is_not_shown(staff: Client, archive: Archive, file: ArchiveFile) -> None:
    stranger = Archive.objects.create(key="s" * 32, location=archive.location, scanned_at=archive.scanned_at)
    assert staff.get(address(stranger, file.sha256)).status_code == 404


def test_a_file_that_was_swapped_since_the_scan_is_not_shown(
    staff: Client, archive: Archive, file: ArchiveFile, tmp_path: Path
) -> None:
    (tmp_path / "photos" / PATH).write_bytes(jpeg(99))
    assert staff.get(address(archive, file.sha256)).status_code == 404


def test_a_link_in_a_photos_place_is_not_followed(
    staff: Client, archive: Archive, file: ArchiveFile, tmp_path: Path
) -> None:
    place = tmp_path / "photos" / PATH
    place.rename(tmp_path / "outside.jpg")
    place.symlink_to(tmp_path / "outside.jpg")
    assert staff.get(address(archive, file.sha256)).status_code == 404


@pytest.mark.parametrize("path", ["../outside.jpg", "studio/../../outside.jpg", "/etc/hostname"])
def test_a_path_that_leads_out_is_not_opened(
    staff: Client, archive: Archive, file: ArchiveFile, tmp_path: Path, path: str
) -> None:
    (tmp_path / "outside.jpg").write_bytes((tmp_path / "photos" / PATH).read_bytes())
    ArchiveFile.objects.filter(pk=file.pk).update(path=path)
    assert staff.get(address(archive, file.sha256)).status_code == 404


def test_another_copy_is_shown_where_one_cannot_be_read(staff: Client, archive: Archive, tmp_path: Path) -> None:
    file = ArchiveFile.objects.get(archive=archive, path="backup/same.jpg")
    (tmp_path / "photos" / "backup" / "same.jpg").unlink()
    assert staff.get(address(archive, file.sha256)).status_code == 200


def test_an_archive_out_of_reach_has_no_photos(
    staff: Client, archive: Archive, file: ArchiveFile, tmp_path: Path
) -> None:
    reading._opened.cache_clear()
    (tmp_path / "photos").rename(tmp_path / "away")
    assert staff.get(address(archive, file.sha256)).status_code == 404


def test_a_file_beyond_the_limit_is_not_read(
    staff: Client, archive: Archive, file: ArchiveFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "limits", lambda: reading.images.Limits(max_bytes=100))
    assert staff.get(address(archive, file.sha256)).status_code == 404


def test_photos_are_not_for_strangers(shop: Path, archive: Archive, file: ArchiveFile) -> None:
    visitor = Client(SERVER_NAME="localhost")
    assert visitor.get(address(archive, file.sha256)).status_code == 302
    visitor.force_login(User.objects.create_user("guest"))
    assert visitor.get(address(archive, file.sha256)).status_code == 403
