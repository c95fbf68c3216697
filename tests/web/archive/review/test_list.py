"""Making the list: real looks at real photos, in this process and in one of its own; kept, found again, told about."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from PIL import Image, ImageFilter, ImageOps

from parure.cli import cli
from parure.curate.scan_looks import usual_looks
from parure.curate.sources import open_source
from parure.curate.values import Decision
from parure.errors import Busy, IntakeError
from parure.images import Limits
from parure.locks import FileLock
from parure.sample import shop_path
from parure.web.archive.archives import ScanOrder, find_archive, scan_archive
from parure.web.archive.decisions import decide
from parure.web.archive.groups import has_duplicates
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import boards
from parure.web.archive.review.services.findings import Findings, GroupQuestion
from parure.web.archive.review.services.preparing import prepare, work_on
from parure.web.archive.review.services.reading import metadata_of
from parure.web.archive.review.services.store import folder_of, load_findings, write_whole
from tests.web.storefront.markup import Page

pytest.importorskip("cv2")


@pytest.fixture
def real(shop: Path, tmp_path: Path) -> Iterator[Archive]:
    """PR-1001 three times, a file twice, a blurred phone shot whose name says nothing; scanned."""
    root = tmp_path / "real"
    for folder in ("studio", "web", "backup", "phone"):
        (root / folder).mkdir(parents=True)
    with Image.open(shop_path() / "photos" / "pr-1001-1.webp") as image:
        whole = image.convert("RGB")
    exif = Image.Exif()
    exif[0x0110] = "EOS 5D"
    whole.save(root / "studio" / "PR-1001_1.jpg", quality=92, exif=exif)
    whole.resize((200, 200)).save(root / "web" / "PR-1001-web.jpg", quality=80)
    ImageOps.mirror(whole).save(root / "web" / "PR-1001-flip.jpg", quality=85)
    with Image.open(shop_path() / "photos" / "pr-1002-1.webp") as image:
        other = image.convert("RGB")
    other.save(root / "studio" / "PR-1002_1.jpg", quality=90)
    shutil.copy(root / "studio" / "PR-1002_1.jpg", root / "backup" / "IMG_77.jpg")
    with Image.open(shop_path() / "photos" / "pr-1003-1.webp") as image:
        image.convert("RGB").filter(ImageFilter.GaussianBlur(9)).save(root / "phone" / "IMG_9.jpg")
    scan_archive(open_source(str(root)), usual_looks(Limits()), ScanOrder(jobs=0))
    yield find_archive(str(root))
    shutil.rmtree(shop / "review", ignore_errors=True)


@pytest.fixture
def styles(tmp_path: Path) -> Path:
    path = tmp_path / "styles.txt"
    path.write_text("PR-1001\nPR-1002\nPR-1003\n")
    return path


def paths(groups: object) -> list[set[str]]:
    assert isinstance(groups, tuple)
    return [{copy.shot.path for copy in group.copies} for group in groups if isinstance(group, GroupQuestion)]


def test_the_list_holds_what_a_person_has_to_decide(real: Archive, styles: Path) -> None:
    done = CliRunner().invoke(cli, ["curate", "review", real.location, "--styles", str(styles), "--json"])
    assert done.exit_code == 0, done.output
    found = load_findings(real)
    assert found is not None
    assert paths(found.of("same_picture")) == [{"studio/PR-1001_1.jpg", "web/PR-1001-web.jpg", "web/PR-1001-flip.jpg"}]
    assert paths(found.of("same_bytes")) == [{"studio/PR-1002_1.jpg", "backup/IMG_77.jpg"}]
    (group,) = (each for each in found.groups if each.kind == "same_picture")
    assert {copy.shot.path: copy.change for copy in group.copies[1:]}["web/PR-1001-flip.jpg"] == "mirrored"
    assert metadata_of(real, group.contents)[group.contents[0]] == {"camera": "EOS 5D"}
    names = {question.shots[0].path: question for question in found.names}
    assert [(each.code, each.why) for each in names["backup/IMG_77.jpg"].candidates] == [
        ("PR-1002", "the same file lies under this name too")
    ]
    assert "blurred" in {fault.code for each in found.quality for fault in each.faults}
    told = json.loads(done.stdout)
    assert told["same_picture"] == {"questions": 1, "open": 1}


def test_what_was_decided_stays_decided_when_the_list_is_made_again(real: Archive) -> None:
    (before,) = prepare(real).of("same_picture")
    decide(Decision("same_picture", before.contents, "not_duplicates"))
    assert prepare(real).of("same_picture") == (before,)
    found = boards(real)
    assert found is not None
    assert found.by_kind["same_picture"].open == ()


def test_photos_are_compared_once_for_a_list_and_a_plan(real: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    first = prepare(real)
    assert has_duplicates(real)
    monkeypatch.setattr("parure.web.archive.groups.find_duplicates", None)  # it would break if it were called
    assert prepare(real).groups == first.groups


def test_styles_of_a_list_are_remembered_for_the_next(real: Archive, styles: Path) -> None:
    CliRunner().invoke(cli, ["curate", "review", real.location, "--styles", str(styles)])
    assert prepare(real).styles == ("PR-1001", "PR-1002", "PR-1003")


def test_rules_that_cannot_be_read_are_told_before_anything_is_kept(real: Archive, tmp_path: Path) -> None:
    wrong = tmp_path / "rules.yaml"
    wrong.write_text("beauty: high\n")
    done = CliRunner().invoke(cli, ["curate", "review", real.location, "--rules", str(wrong)])
    assert isinstance(done.exception, IntakeError) or "beauty" in done.output
    assert not (folder_of(real) / "rules.yaml").exists()


def test_two_do_not_make_one_list(archive: Archive) -> None:
    lock = FileLock(folder_of(archive) / "lock")
    assert lock.acquire() is None
    try:
        with pytest.raises(Busy, match="already"):
            prepare(archive)
    finally:
        lock.release()


def test_what_is_kept_comes_back_the_same(archive: Archive, findings: Findings) -> None:
    assert load_findings(archive) == findings


@pytest.mark.parametrize("text", ["", "{", '{"version": 0}', "[]"])
def test_a_damaged_list_is_no_list(archive: Archive, findings: Findings, text: str) -> None:
    write_whole(folder_of(archive) / "findings.json", text)
    assert boards(archive) is None


def test_a_failure_is_told_on_the_page(staff: Client, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "photos").rename(tmp_path / "away")
    with pytest.raises(IntakeError):
        prepare(archive)
    page = Page(staff.get(f"/review/{archive.pk}"))
    assert "does not exist" in page.text("p")
    assert "Make the list" in page.text("button")


def test_progress_is_told_and_a_killed_process_leaves_no_everlasting_work(staff: Client, archive: Archive) -> None:
    work = {"step": "Comparing photos", "done": 3, "total": 9, "at": time.time()}
    write_whole(folder_of(archive) / "work.json", json.dumps(work))
    page = Page(staff.get(f"/review/{archive.pk}"))
    assert "Comparing photos: 3 of 9" in page.text("p")
    assert page.all("section", **{"hx-trigger": "every 2s"})
    write_whole(folder_of(archive) / "work.json", json.dumps({**work, "at": time.time() - 60}))
    told = work_on(archive)
    assert told is not None
    assert "was stopped" in told.error


@pytest.mark.slow
def test_the_button_makes_the_list_in_a_process_of_its_own(staff: Client, real: Archive) -> None:
    response = staff.post(f"/review/{real.pk}/make")
    assert response.headers["Location"] == f"/review/{real.pk}"
    assert "Starting" in Page(staff.get(f"/review/{real.pk}")).text("p")
    end = time.monotonic() + 120
    while boards(real) is None:
        work = work_on(real)
        assert work is None or not work.error, work
        assert time.monotonic() < end
        time.sleep(0.2)
    assert "1 open" in Page(staff.get(f"/review/{real.pk}")).text("span")
