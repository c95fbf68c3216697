"""`parure analyse` as its user meets it, with the tiny set of models of tests/vision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from parure.cli import cli
from tests.cli.conftest import Parure
from tests.vision.tiny import BLUE, MANIFEST, RED, changed, photo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two photos with one piece, one with two, one file that is no photo and one of another kind."""
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    Image.fromarray(photo((5, 4, RED))).save(folder / "a ring.png")
    Image.fromarray(photo((2, 9, BLUE), (9, 3, RED))).save(folder / "more" / "two.png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff not a photo")
    (folder / "notes.txt").write_text("not for us")
    (folder / "._a ring.png").write_bytes(b"a resource fork")
    return folder


def analyse(*arguments: object, code: int = 0, model: Path = MANIFEST, **env: str) -> Result:
    command = ["analyse", *map(str, arguments), "--model", str(model)]
    done = CliRunner().invoke(cli, command, env={"COLUMNS": "120", **env}, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def report(*arguments: object, code: int = 0) -> Any:
    return json.loads(analyse(*arguments, "--json", code=code).stdout)


def test_the_table_has_pieces_attributes_and_parts(folder: Path) -> None:
    shown = analyse(folder / "a ring.png").stdout
    assert "a ring.png" in shown
    assert "Ring" in shown
    assert "0.269" in shown  # the left side of its box: (5.5 * 32 - 64) / 416
    assert "Metal colour" in shown
    assert "cannot tell" in shown


def test_json_has_boxes_beliefs_parts_and_the_version(folder: Path) -> None:
    told = report(folder / "more" / "two.png")
    assert told["model"].startswith("tiny-house-")
    (seen,) = told["photos"]
    assert (seen["width"], seen["height"]) == (416, 416)
    assert {piece["type"] for piece in seen["pieces"]} == {"ring", "earring"}
    for piece in seen["pieces"]:
        assert {attribute["attribute"] for attribute in piece["attributes"]} == {"type", "metal_colour"}
        assert sum(piece["parts"].values()) == pytest.approx(1 if piece["parts"] else 0, abs=1e-3)
        assert piece["crop"]["w"] >= piece["box"]["w"]


def test_a_folder_is_searched_through_and_what_cannot_be_read_is_told_at_the_end_with_code_1(folder: Path) -> None:
    told = report(folder, code=1)
    assert [Path(seen["file"]).name for seen in told["photos"]] == ["a ring.png", "two.png"]
    (refused,) = told["refused"]
    assert Path(refused["file"]).name == "broken.jpg"
    assert refused["code"] == "truncated"
    assert "broken.jpg" in analyse(folder, code=1).stderr


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    ring = folder / "a ring.png"
    assert len(report(ring, ring)["photos"]) == 1


def test_a_file_that_is_no_picture_is_refused_by_name_whatever_its_ending(folder: Path) -> None:
    (refused,) = report(folder / "notes.txt", code=1)["refused"]
    assert refused["code"] == "not_an_image"


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no photos" in analyse(tmp_path / "empty").stderr


def test_a_region_is_read_instead_of_what_is_found(folder: Path) -> None:
    (piece,) = report(folder / "more" / "two.png", "--box", "0.5,0.5,0.25,0.25")["photos"][0]["pieces"]
    assert piece["box"] == piece["crop"] == {"x": 0.5, "y": 0.5, "w": 0.25, "h": 0.25}


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "0.5,0.5,0.6,0.1", "-0.1,0,0.5,0.5", "0,0,0,0.5", "nan,0,1,1"])
def test_a_region_that_is_none_is_refused_with_an_example(folder: Path, box: str) -> None:
    said = analyse(folder / "a ring.png", "--box", box, code=2).stderr
    assert box in said
    assert "x,y,w,h" in said or "fractions" in said


def test_the_picture_shows_the_box(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "seen.png"
    analyse(folder / "a ring.png", "--picture", out)
    with Image.open(out) as picture:
        assert picture.width == 640
        assert picture.height > 640
        left = round(112 / 416 * 640)  # of its box; inside there is nothing but white for a while
        line = np.asarray(picture.convert("L"))[172, left - 2 : left + 40]
    assert line[:6].min() < 60
    assert (line[10:] == 255).all()


def test_a_picture_is_of_one_photo(folder: Path, tmp_path: Path) -> None:
    said = analyse(folder, "--picture", tmp_path / "seen.png", code=2).stderr
    assert "draws one photo, and there are 3" in said


@pytest.mark.parametrize("name", ["nowhere/seen.png", "seen.xyz"])
def test_a_picture_that_cannot_be_written_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    said = analyse(folder / "a ring.png", "--picture", tmp_path / name, code=1).stderr
    assert Path(name).name in said
    assert "cannot be written" in said


def test_a_model_that_does_not_look_for_pieces_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["analyse", str(folder / "a ring.png"), "--model", "histogram"])
    assert done.exit_code == 1
    assert "does not look for pieces" in done.output
    assert "house-v1" in done.output


def test_a_manifest_that_is_none_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["analyse", str(folder / "a ring.png"), "--model", str(folder / "none.json")])
    assert done.exit_code == 1
    assert "none.json cannot be read" in done.output


def test_it_runs_as_a_command_without_a_data_folder(parure: Parure, folder: Path) -> None:
    told = parure.json("analyse", folder / "a ring.png", "--model", MANIFEST)
    assert [piece["type"] for piece in told["photos"][0]["pieces"]] == ["ring"]
    assert not parure.data.exists()


def test_a_damaged_set_of_models_ends_the_run_and_does_not_blame_every_photo(folder: Path, tmp_path: Path) -> None:
    damaged = changed(tmp_path, {"reader.sha256": "0" * 64})
    done = CliRunner().invoke(cli, ["analyse", str(folder), "--model", str(damaged)])
    assert done.exit_code == 1
    assert "is not the file its card describes" in done.output
    assert "broken.jpg" not in done.output
