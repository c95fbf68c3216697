"""`parure evaluate house` from end to end on small sets and the small analyser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from parure.cli.evaluate import command
from parure.errors import ModelError
from parure.evaluation.house import run, screenshots
from tests.evaluation.made import designs_in, photos_in
from tests.vision.tiny import MANIFEST

pytest.importorskip("scipy", reason="designs are drawn with scipy")


@pytest.fixture(autouse=True)
def few_scenes(monkeypatch: pytest.MonkeyPatch) -> None:
    from parure.evaluation.house import pieces

    monkeypatch.setattr(pieces, "SCENES", 6)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    given = {
        "--model": MANIFEST, "--baseline": "histogram", "--real": photos_in(tmp_path / "real"),
        "--renders": designs_in(tmp_path / "renders", 6), "--cache": tmp_path / "cache",
    }  # fmt: skip
    return ["house", *(str(part) for pair in given.items() for part in pair)]


def test_json_and_report_hold_all_sections(arguments: list[str], tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = CliRunner().invoke(command, [*arguments, "--json", "--report", str(report)], catch_exceptions=False)
    figures = json.loads(done.stdout)
    assert figures["model"].startswith("tiny-house-")
    assert [section["id"] for section in figures["sections"]] == [part.id for part in run.SECTIONS]
    skipped = {section["id"]: section["skipped"] for section in figures["sections"] if section["skipped"]}
    assert set(skipped) == {screenshots.ID, "verdict"}
    assert "--sample" in skipped[screenshots.ID]
    (found,) = [section for section in figures["sections"] if section["id"] == "same-product"]
    assert found["lines"][0]["what"] == "R@1"
    assert found["lines"][0]["figure"]["count"] == 12
    assert found["lines"][0]["met"] in (True, False)
    assert "tiny-house" in report.read_text(encoding="utf-8")
    assert str(report) in done.stderr


def test_the_tables_name_figures_and_reasons(tmp_path: Path) -> None:
    real = photos_in(tmp_path / "real")
    arguments = ["house", "--model", "histogram", "--baseline", "histogram", "--real", str(real), "--half", "report"]
    done = CliRunner().invoke(
        command, [*arguments, "--cache", str(tmp_path / "cache")], env={"COLUMNS": "120"}, catch_exceptions=False
    )
    assert "Same product, other photo (real)" in done.stdout
    assert "histogram-1 reads no attributes" in done.stdout
    assert "no folder of held-out renders was given (--renders)".capitalize() in done.stdout.replace("\n", " ")


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.json"
    path.write_text("{", encoding="utf-8")
    done = CliRunner().invoke(command, ["house", "--model", str(path)])
    assert isinstance(done.exception, ModelError)
    assert "wrong.json" in str(done.exception)
