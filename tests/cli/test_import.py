"""`parure import` as its user meets it: first run, second run, changed rows, refusals, other processes, a full disk."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Parure
from tests.images.hostile import hostile_corpus
from tests.web.pictures import jpeg

Photos = Callable[..., Path]
SHEET = (
    "SKU,Name,Price,Metal,Image\nAJ-0,Rose ring,250,18k rose gold,AJ-0.jpg\nAJ-1,Plain band,99.50,platinum,AJ-1.jpg\n"
)


def test_photos_without_a_sheet_become_products_and_a_second_run_changes_nothing(
    parure: Parure, photos: Photos
) -> None:
    folder = photos(3)
    assert parure.json("import", folder)["added"] == 3
    again = parure.json("import", folder)
    assert (again["added"], again["updated"], again["unchanged"], again["photos_added"]) == (0, 0, 3, 0)


def test_a_sheet_names_and_tags_products_and_changed_rows_update(
    parure: Parure, photos: Photos, tmp_path: Path
) -> None:
    folder, sheet = photos(2), tmp_path / "products.csv"
    sheet.write_text(SHEET)
    assert parure.json("import", folder, "--sheet", sheet)["added"] == 2
    shown = parure.json("show", "AJ-0")
    assert (shown["title"], shown["price"]) == ("Rose ring", "250.00")
    held = {(a["attribute"], a["value"], a["source"]) for a in shown["attributes"]}
    assert {("metal", "gold", "import"), ("metal_colour", "rose", "import")} <= held
    sheet.write_text(SHEET.replace("Plain band", "Court band"))
    changed = parure.json("import", folder, "--sheet", sheet)
    assert (changed["updated"], changed["unchanged"]) == (1, 1)


def test_the_guessed_columns_are_shown_before_they_are_used(parure: Parure, photos: Photos, tmp_path: Path) -> None:
    sheet = tmp_path / "products.csv"
    sheet.write_text(SHEET)
    process = parure.start("import", photos(2), "--sheet", sheet, "--dry-run")
    out, err = process.communicate(timeout=60)
    assert "SKU  →  style_code" in err
    assert "nothing was changed" in out
    assert parure.json("status")["products"] == 0


def test_every_refusal_has_a_reason_and_the_report_holds_all_outcomes(
    parure: Parure, photos: Photos, tmp_path: Path
) -> None:
    folder, report = photos(2), tmp_path / "report.jsonl"
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "text.jpg").write_text("hello")
    (folder / "cut.jpg").write_bytes(jpeg(9)[:900])
    (folder / "again.jpg").write_bytes(jpeg(0))
    (folder / "notes.docx").write_bytes(b"PK")
    parure.run("import", folder, "--report", report)
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    reasons = {row["item"]: row["reason"] for row in rows if row["outcome"] == "rejected"}
    copies = reasons.keys() & {"AJ-0.jpg", "again.jpg"}  # whichever came second
    assert [reasons.pop(name) for name in copies] == ["same_photo"]
    assert reasons == {
        "empty.jpg": "empty",
        "text.jpg": "not_an_image",
        "cut.jpg": "truncated",
        "notes.docx": "not_a_photo",
    }
    assert sum(row["outcome"] == "added" for row in rows) == 2


def test_a_folder_of_hostile_files_is_refused_file_by_file_and_the_good_ones_come_in(
    parure: Parure, photos: Photos
) -> None:
    folder = photos(2)
    hostile = list(hostile_corpus())
    for number, file in enumerate(hostile):
        (folder / f"hostile-{number}.jpg").write_bytes(file.data)
    summary = parure.json("import", folder)
    accepted = parure.json("status")["photos"]
    assert len(hostile) >= 200
    assert accepted >= 2
    assert accepted + len(summary["rejected"]) == len(hostile) + 2
    assert all(rejection["reason"] and rejection["detail"] for rejection in summary["rejected"])
    assert parure.json("doctor") == {"healthy": True, "mended": [], "findings": []}


def test_two_imports_at_once_end_as_one(parure: Parure, photos: Photos) -> None:
    folder = photos(40)
    parure.run("status")  # the tables exist
    both = [parure.start("import", folder) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    status = parure.json("status")
    assert (status["products"], status["photos"], status["indexed"]) == (40, 40, 40)
    assert parure.json("doctor")["healthy"]


def test_an_import_beside_a_running_server_leaves_the_analysis_to_it(parure: Parure, photos: Photos) -> None:
    server = parure.start("serve", "--port", 0)
    assert server.stderr is not None
    while "Serving" not in server.stderr.readline():
        assert server.poll() is None
    try:
        parure.run("import", photos(5))
        status = parure.json("status")
        assert (status["photos"], status["indexed"], status["index_points"]) == (5, 5, None)
        found = parure.json("search", "--image", photos(5) / "AJ-3.jpg")
        assert found["results"][0]["style_code"] == "AJ-3"
        refusal = parure.run("worker", code=1)
        assert f"process {server.pid}" in refusal
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert parure.json("status")["index_points"] == 5


@pytest.mark.parametrize("size", [1_000_000, 1_150_000])
def test_a_full_disk_stops_the_import_with_words_and_the_next_run_completes_it(
    small_disk: Callable[[int], None], tmp_path: Path, photos: Photos, size: int
) -> None:
    """Full while photos are stored, and full while the index is noted in the database."""
    folder = photos(12, size=(1200, 900))
    shop = Parure(tmp_path / "disk" / "data", index="memory")
    small_disk(size)
    refusal = shop.run("import", folder, code=1)
    assert "space" in refusal.lower() or "full" in refusal.lower()
    assert "Traceback" not in refusal
    assert not list(shop.data.rglob("*.part"))
    small_disk(50_000_000)
    assert shop.json("import", folder)["rejected"] == []
    status = shop.json("status")
    assert (status["photos"], status["analysed"]) == (12, 12)
    assert shop.json("doctor", "--thorough")["healthy"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """A real file system of a given size in bytes at tmp/disk; calling again changes its size."""
    mounted = tmp_path / "disk"
    mounted.mkdir()

    def resize(size: int) -> None:
        options = f"size={size}" + (",remount" if mounted.is_mount() else "")
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted], capture_output=True, check=False
        )
        if done.returncode != 0:
            pytest.skip("a file system can only be mounted as root: run the tests as root to include this one")

    yield resize
    if mounted.is_mount():
        subprocess.run(["umount", "-l", mounted], check=True)


def test_it_says_where_nothing_was_found(parure: Parure, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "no photo" in parure.run("import", tmp_path / "nothing", code=1).lower()
