"""`parure evaluate` from end to end on drawn pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from parure.cli.evaluate import command
from parure.errors import IntakeError, SettingsError
from tests.conformance.encoder import drawn_ring


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Six drawn pieces, each also at three quarters of the size, and one file that is no picture."""
    rows = [{"file": "broken.jpg", "product_id": "piece 0"}]
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff not a photo")
    for seed in range(6):
        image = Image.fromarray(drawn_ring(seed))
        for size in (200, 150):
            image.resize((size, size)).save(tmp_path / f"{seed}-{size}.png")
            rows.append({"file": f"{seed}-{size}.png", "product_id": f"piece {seed}"})
    (tmp_path / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_json_has_the_figures_of_every_method_and_what_was_refused(photos: Path) -> None:
    done = CliRunner().invoke(command, ["retrieval", str(photos), "--encoder", "histogram", "--phash", "--json"])
    report = json.loads(done.stdout)
    assert (report["queries"], report["photos"]) == (12, 12)
    assert [method["method"] for method in report["methods"]] == ["histogram-1", "pHash"]
    assert report["methods"][0]["recall_at_1"] == {"value": 1.0, "error": 0.0}
    assert report["methods"][0]["milliseconds"] > 0
    assert [Path(refused["file"]).name for refused in report["refused"]] == ["broken.jpg"]


def test_the_table_names_task_methods_and_errors(photos: Path) -> None:
    done = CliRunner().invoke(command, ["retrieval", str(photos), "--encoder", "histogram"], env={"COLUMNS": "80"})
    assert done.exit_code == 0
    assert "12 queries in 12 photos" in done.stdout
    assert "histogram-1  1.000±.000" in done.stdout
    assert "broken.jpg" in done.stderr


def test_an_unknown_encoder_is_refused_with_the_known_ones(photos: Path) -> None:
    done = CliRunner().invoke(command, ["retrieval", str(photos), "--encoder", "clip"])
    assert isinstance(done.exception, SettingsError)
    assert "house-v0" in str(done.exception)


def test_a_folder_of_unreadable_photos_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_text('{"file": "gone.jpg"}', encoding="utf-8")
    done = CliRunner().invoke(command, ["retrieval", str(tmp_path), "--encoder", "histogram"])
    assert isinstance(done.exception, IntakeError)
