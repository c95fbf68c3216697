"""What becomes of new photos: approved, rejected or queued; each once, each in the event log; undo takes it back."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from django.utils import timezone

from parure.curate.quality_seen import Sight
from parure.curate.scan_looks import usual_looks
from parure.curate.sources import open_source
from parure.curate.undo import undo_apply
from parure.curate.values import Decision, PlanEntry
from parure.images import Limits, Pixels
from parure.web.archive.archives import ScanOrder, known_archives, scan_archive
from parure.web.archive.decisions import decide
from parure.web.archive.models import ArchiveFile, WatchedFile
from parure.web.archive.review.services.boards import boards
from parure.web.archive.sights import keep_sights
from parure.web.archive.watch.applying import reopen_undone
from parure.web.archive.watch.items import Told, told_before, waiting
from parure.web.archive.watch.known import Library
from parure.web.archive.watch.step import Watcher
from parure.web.catalogue.models import Event, Photo, Product
from parure.web.catalogue.photos import storage
from tests.web.archive.watch.folder import Folder, logged


def fill(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    folder.copy("PR-1001 front.jpg", "again/IMG_1.jpg")
    folder.put("IMG_2041.jpg", "pr-1002-1")
    (folder.inbox / "PR-1003 cut.jpg").write_bytes((folder.inbox / "IMG_2041.jpg").read_bytes()[:3000])
    (folder.inbox / "prices.csv").write_text("a,b\n")


def sha_of(path: str) -> str:
    return ArchiveFile.objects.get(path=path).sha256


def test_each_outcome_is_told_done_and_logged(folder: Folder) -> None:
    fill(folder)
    before = folder.without_files()
    assert folder.step() == {
        "PR-1001 front.jpg": ("approved", "fit"),
        "again/IMG_1.jpg": ("rejected", "known_file"),
        "IMG_2041.jpg": ("queued", "unsure"),
        "PR-1003 cut.jpg": ("rejected", "unfit"),
        "prices.csv": ("queued", "unsure"),
    }
    assert folder.placed() == {
        "rings/PR-1001_front_1.jpg", "_quarantine/again/IMG_1.jpg", "_quarantine/PR-1003 cut.jpg",
    }  # fmt: skip
    assert folder.without_files() == before
    assert sorted(logged()) == sorted((told[0], path) for path, told in folder.outcomes().items())
    event = Event.objects.get(kind="watch.approved")
    assert event.actor == "watch"
    assert event.data == {
        "source": str(folder.inbox), "path": "PR-1001 front.jpg", "sha256": sha_of("PR-1001 front.jpg"),
        "rule": "fit", "reason": event.data["reason"], "detail": event.data["detail"],
        "target": str(folder.target / "rings/PR-1001_front_1.jpg"), "style_code": "PR-1001",
        "run": WatchedFile.objects.get(outcome="approved").run,
    }  # fmt: skip
    assert event.data["run"]
    assert event.data["detail"]
    assert "cut short" in Event.objects.get(data__path="PR-1003 cut.jpg").data["detail"]


def test_nothing_is_handled_twice(folder: Folder) -> None:
    fill(folder)
    folder.step()
    done, placed = logged(), folder.placed()
    assert folder.step() == {}
    watcher = folder.watcher()
    watcher.step()
    watcher.step()
    assert folder.told == []
    assert (logged(), folder.placed()) == (done, placed)


def test_a_queue_that_waits_is_not_compared_again(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    folder.step()
    folder.put("PR-1001-large.jpg", "pr-1001-1", side=700)
    assert folder.step() == {"PR-1001-large.jpg": ("queued", "better_copy")}

    def read(library: Library, photo: object) -> Pixels:
        raise AssertionError(photo)

    monkeypatch.setattr(Library, "picture", read)
    assert folder.step() == {}  # a watcher that begins anew looks at all that waits


def test_photos_that_come_later_are_compared_and_numbered_behind(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    watcher = folder.watcher()
    watcher.step()
    folder.told.clear()
    folder.put("new/PR-1001_front.jpg", "pr-5001-1")
    folder.put("new/PR-1001-web.jpg", "pr-1001-1", side=200, mirrored=True)
    folder.put("new/PR-1001-large.jpg", "pr-1001-1", side=700)
    watcher.step()
    assert folder.outcomes() == {
        "new/PR-1001_front.jpg": ("approved", "fit"),
        "new/PR-1001-web.jpg": ("rejected", "known_picture"),
        "new/PR-1001-large.jpg": ("queued", "better_copy"),
    }
    assert "rings/PR-1001_front_2.jpg" in folder.placed()


def test_copies_of_an_archive_that_was_scanned_are_known(folder: Folder) -> None:
    old = folder.put("PR-1001 front.jpg", "pr-1001-1")
    (folder.root / "old").mkdir()
    shutil.move(old, folder.root / "old" / "x.jpg")
    scan_archive(open_source(str(folder.root / "old")), usual_looks(Limits()), ScanOrder(0))
    folder.put("PR-1001-web.jpg", "pr-1001-1", side=200)
    assert folder.step() == {"PR-1001-web.jpg": ("rejected", "known_picture")}
    assert str(folder.root / "old" / "x.jpg") in Event.objects.get().data["detail"]


def test_of_another_watched_folder_only_what_was_approved_is_known(folder: Folder) -> None:
    """What its policy has rejected may be just what this one is waiting for."""
    for name, policy in (("a", "when: keep, then: approve"), ("b", "path: '*', then: reject")):
        other = Folder(folder.root / name)
        other.put("PR-1001 front.jpg", "pr-1001-1" if name == "a" else "pr-5001-1")
        other.step(f"rules:\n  all: {{{policy}}}\n")
    folder.put("PR-1001 side.jpg", "pr-1001-1", side=200)
    folder.put("PR-5001.jpg", "pr-5001-1", mirrored=True)
    folder.step()
    assert folder.outcomes() == {
        "PR-1001 side.jpg": ("rejected", "known_picture"),
        "PR-5001.jpg": ("approved", "fit"),
    }


def test_what_a_model_saw_can_be_asked_for(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    policy = "rules:\n  strange: {when: not_jewellery, then: reject}\notherwise: approve\n"
    watcher = folder.watcher(policy)
    assert [each.outcome for each in watcher.preview()] == ["approved"]
    keep_sights({sha_of("PR-1001 front.jpg"): Sight("1", (), {"jewellery": 0.0})})
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("rejected", "strange")}


def test_an_archive_above_the_watched_folder_is_not_taken_for_copies(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    scan_archive(open_source(str(folder.root)), usual_looks(Limits()), ScanOrder(0))
    assert folder.step() == {"PR-1001 front.jpg": ("approved", "fit")}


def test_an_archive_out_of_reach_is_told_and_known_by_its_bytes(folder: Folder) -> None:
    (folder.root / "old").mkdir()
    folder.put("a.jpg", "pr-1001-1")
    folder.copy("a.jpg", "PR-1001 same.jpg")
    shutil.move(folder.inbox / "a.jpg", folder.root / "old" / "x.jpg")
    scan_archive(open_source(str(folder.root / "old")), usual_looks(Limits()), ScanOrder(0))
    (folder.root / "old").rename(folder.root / "away")
    folder.put("PR-1001 side.jpg", "pr-1001-1", side=200)
    found = folder.step()
    assert found["PR-1001 same.jpg"] == ("rejected", "known_file")
    assert [each for each in folder.told if isinstance(each, str)] == [
        f"{folder.root / 'old'} is out of reach, so photos were compared with its files by their bytes alone."
    ]


def test_queued_photos_are_listed_for_people_and_taken_up_when_they_have_decided(folder: Folder) -> None:
    fill(folder)
    watcher = folder.watcher()
    watcher.step()
    made = boards(watcher.archive)
    assert made is not None
    assert {kind: len(board.open) for kind, board in made.by_kind.items() if board.open} == {"style": 1}
    assert [row.path for row in waiting(watcher.archive)] == ["IMG_2041.jpg", "prices.csv"]
    folder.told.clear()
    decide(Decision("style", (sha_of("IMG_2041.jpg"),), "assign", "PR-1002", "Ana"))
    watcher.step()
    assert folder.outcomes() == {"IMG_2041.jpg": ("approved", "fit")}
    assert "rings/PR-1002_1.jpg" in folder.placed()
    assert [row.path for row in waiting(watcher.archive)] == ["prices.csv"]
    made = boards(watcher.archive)
    assert made is not None
    assert made.by_kind["style"].total == 0


@pytest.mark.parametrize(("choice", "outcome"), [("keep", "approved"), ("reject", "rejected")])
def test_what_the_policy_alone_queued_is_asked_and_the_answer_holds(folder: Folder, choice: str, outcome: str) -> None:
    policy = "rules:\n  new: {path: '*', when: keep, then: queue, say: Look at it.}\n"
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    assert folder.step(policy) == {"PR-1001 front.jpg": ("queued", "new")}
    watcher = folder.watcher(policy)
    made = boards(watcher.archive)
    assert made is not None
    (question,) = made.by_kind["quality"].questions
    assert [fault.detail for fault in question.faults] == ["Look at it."]  # type: ignore[union-attr]
    decide(Decision("quality", question.contents, choice, by="Ana"))
    folder.told.clear()
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": (outcome, "person")}


def test_a_better_copy_that_a_person_wants_is_approved(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    folder.step()
    folder.put("PR-1001-large.jpg", "pr-1001-1", side=700)
    assert folder.step() == {"PR-1001-large.jpg": ("queued", "better_copy")}
    decide(Decision("quality", (sha_of("PR-1001-large.jpg"),), "keep", by="Ana"))
    assert folder.step() == {"PR-1001-large.jpg": ("approved", "person")}


def test_a_file_that_is_written_over_is_another_photo(folder: Folder) -> None:
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    folder.step()
    folder.put("PR-1001 front.jpg", "pr-5001-1")
    assert folder.step() == {"PR-1001 front.jpg": ("approved", "fit")}
    assert folder.placed() == {"rings/PR-1001_front_1.jpg", "rings/PR-1001_front_2.jpg"}
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    assert folder.step() == {}


def test_two_contents_rejected_at_one_path_lie_side_by_side(folder: Folder) -> None:
    whole = folder.put("x.jpg", "pr-1001-1").read_bytes()
    for length in (3000, 4000):
        (folder.inbox / "x.jpg").write_bytes(whole[:length])
        assert folder.step() == {"x.jpg": ("rejected", "unfit")}
    assert folder.placed() == {"_quarantine/x.jpg", "_quarantine/x-2.jpg"}


def test_undo_takes_back_and_only_again_decides_anew(folder: Folder) -> None:
    fill(folder)
    before = folder.without_files()
    folder.step()
    assert undo_apply(folder.target).restored == 3
    assert not folder.target.exists()
    assert folder.step() == {}
    watcher = folder.watcher()
    assert reopen_undone(watcher.archive) == 3
    watcher.step()
    assert len(folder.outcomes()) == 3
    assert folder.placed() >= {"rings/PR-1001_front_1.jpg"}
    assert folder.without_files() == before
    assert [kind for kind, _ in logged()].count("reopened") == 3
    assert reopen_undone(watcher.archive) == 0


def test_the_log_of_a_source_is_read_from_events(folder: Folder) -> None:
    fill(folder)
    watcher = folder.watcher()
    watcher.step()
    told = [each for each in folder.told if isinstance(each, Told)]
    assert told_before(watcher.archive, 100) == told
    assert told_before(watcher.archive, 2) == told[-2:]


def test_a_preview_decides_nothing(folder: Folder) -> None:
    fill(folder)
    watcher = folder.watcher()
    found = {each.path: each.outcome for each in watcher.preview()}
    assert found["PR-1001 front.jpg"] == "approved"
    assert logged() == []
    assert not folder.target.exists()
    assert folder.step()["PR-1001 front.jpg"] == ("approved", "fit")


def test_a_name_taken_meanwhile_gives_way(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts another file to the same name between deciding and copying."""
    folder.put("PR-1001 front.jpg", "pr-1001-1")
    finish = Watcher._finish

    def late(self: Watcher) -> None:
        if WatchedFile.objects.exclude(batch="").exists():
            (folder.target / "rings").mkdir(parents=True, exist_ok=True)
            (folder.target / "rings" / "PR-1001_front_1.jpg").write_bytes(b"another")
        finish(self)

    monkeypatch.setattr(Watcher, "_finish", late)
    watcher = folder.watcher()
    watcher.step()
    assert folder.outcomes() == {}
    monkeypatch.undo()
    watcher.step()
    assert folder.outcomes() == {"PR-1001 front.jpg": ("approved", "fit")}
    assert (folder.target / "rings" / "PR-1001_front_1.jpg").read_bytes() == b"another"
    assert "rings/PR-1001_front_2.jpg" in folder.placed()
    assert logged() == [("approved", "PR-1001 front.jpg")]


def test_the_catalogue_is_compared_and_is_no_archive_of_the_review(folder: Folder) -> None:
    data = folder.put("PR-1002 front.jpg", "pr-1001-1").read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    storage().keep(sha256, ".jpg", data)
    product = Product.objects.create(style_code="PR-1001")
    Photo.objects.create(
        product=product, sha256=sha256, file_name="ring.jpg", format="jpeg", width=1, height=1, size=len(data)
    )
    folder.put("PR-1002 front.jpg", "pr-1001-1", side=200)
    assert folder.step() == {"PR-1002 front.jpg": ("queued", "other_name")}
    reasons = PlanEntry.from_line(WatchedFile.objects.get().line, where="").reasons
    assert reasons[1].detail == "The same picture as ring.jpg of PR-1001 in the catalogue: as it is, 100 % shared."
    assert [archive.location for archive in known_archives()] == [str(folder.inbox)]
    Photo.objects.update(deleted_at=timezone.now())
    WatchedFile.objects.all().delete()
    assert folder.step() == {"PR-1002 front.jpg": ("approved", "fit")}
