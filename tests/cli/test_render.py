from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from parure.cli import cli
from parure.render.dataset import run
from tests.render.shots import fake_shoot, fake_shot, quick_design

pytest.importorskip("scipy", reason='building pieces needs the extra "render" (scipy)')


@pytest.fixture
def no_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures come from the stand-in of the tests of data sets; the check for the extra finds everything."""
    monkeypatch.setattr(run, "shoot", fake_shoot)
    monkeypatch.setattr(run, "draw_design", quick_design)
    monkeypatch.setattr("parure.render.extra.find_spec", lambda _: object())
    monkeypatch.setattr(
        "parure.render.dataset.shoot.shoot_one", lambda spec, number, quality: fake_shot(spec, number, quality.size)
    )


def parure(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["render", *map(str, arguments)])


def made(folder: Path, designs: int = 3) -> Result:
    return parure("dataset", folder, "--designs", designs, "--views", 2, "--size", 48, "--prefix", "t", "--jobs", 0)


def test_a_design_is_printed_without_a_renderer_and_read_back_from_its_file(tmp_path: Path) -> None:
    printed = parure("design", "u000003", "--json")
    assert printed.exit_code == 0
    raw = json.loads(printed.stdout)
    assert raw["spec"]["id"] == "u000003"
    assert raw["attributes"]["type"]
    (tmp_path / "spec.json").write_text(json.dumps(raw["spec"]))
    (tmp_path / "all.json").write_text(printed.stdout)
    for name in ("spec.json", "all.json"):
        assert json.loads(parure("design", tmp_path / name, "--json").stdout) == raw


@pytest.mark.usefixtures("no_renderer")
def test_a_design_gives_picture_cutout_and_labels_of_each_view(tmp_path: Path) -> None:
    assert parure("design", "u3", "--out", tmp_path, "--view", 0, "--view", 2, "--size", 40).exit_code == 0
    endings = ("", "-cutout", "-labels")
    assert {path.name for path in tmp_path.iterdir()} == {f"u000003-{k}{e}.png" for k in (0, 2) for e in endings}
    with Image.open(tmp_path / "u000003-0-labels.png") as labels:
        assert labels.mode == "P"
        assert labels.getextrema()[1] == 17


@pytest.mark.parametrize("command", [("dataset", "out", "--designs", 1), ("preview", "--all", "--out", "x.png")])
def test_without_the_extra_one_sentence_says_how_to_install_it(
    command: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("parure.render.extra.find_spec", lambda _: None)
    result = parure(*command)
    assert result.exit_code == 1
    assert result.output.strip().endswith('Install it with: pip install "parure[render]"')
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("no_renderer")
def test_a_data_set_is_made_listed_and_gone_on_with(tmp_path: Path) -> None:
    first = made(tmp_path / "set")
    assert first.exit_code == 0
    assert "6 pictures made. 3 of 3 designs" in first.stderr
    again = made(tmp_path / "set", 4)
    assert "2 pictures made. 4 of 4 designs" in again.stderr
    assert len((tmp_path / "set" / "designs.jsonl").read_text().splitlines()) == 4
    assert len(json.loads((tmp_path / "set" / "coco.json").read_text())["images"]) == 8


@pytest.mark.usefixtures("no_renderer")
def test_a_design_that_fails_is_told_with_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("two stones in one place")

    monkeypatch.setattr(run, "shoot", fails)
    result = made(tmp_path / "set", 1)
    assert result.exit_code == 1
    assert "t000000 failed: ValueError: two stones in one place" in result.output
    assert "None of the designs could be rendered" in result.output


@pytest.mark.usefixtures("no_renderer")
def test_a_sheet_is_written(tmp_path: Path) -> None:
    made(tmp_path / "set")
    assert parure("sheet", tmp_path / "set", "--out", tmp_path / "a.png", "--per-family", "--labels").exit_code == 0
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.height > 3 * 144


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("design", 3), "--out FOLDER"),
        (("design", "nowhere.json", "--json"), "neither a number nor a file"),
        (("dataset", "out", "--designs", 1, "--prefix", "D1"), "letters from a to z"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[object, ...], message: str) -> None:
    result = parure(*arguments)
    assert result.exit_code != 0
    assert message in result.output


@pytest.mark.usefixtures("no_renderer")
def test_a_benchmark_that_was_not_made_is_not_taken_for_one(tmp_path: Path) -> None:
    result = parure("benchmark", tmp_path, "--designs", 2, "--check")
    assert result.exit_code == 1
    assert "2 of 2 designs are missing" in result.output


@pytest.mark.slow
@pytest.mark.skipif(find_spec("mitsuba") is None, reason="needs the renderer")
def test_two_processes_render_a_data_set(tmp_path: Path) -> None:
    result = parure("dataset", tmp_path, "--designs", 2, "--views", 1, "--size", 32, "--samples", 4, "--jobs", 2)
    assert result.exit_code == 0
    assert "2 pictures made" in result.stderr
