"""`parure curate see` as its user meets it: after a scan, resumable, used by the plan; and a plan out of a zip."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from parure.evaluation.curate.quality_strangers import strangers
from parure.sample import shop_path
from tests.cli.conftest import Parure

pytest.importorskip("cv2")
SHEET = "style_code,type\nPR-1001,ring\nPR-1002,necklace\nPR-1003,ring\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A ring that is one, a ring under the code of a necklace, and an empty ground under the code of a ring."""
    root = tmp_path / "archive"
    root.mkdir()
    for code in ("PR-1001", "PR-1002"):
        with Image.open(shop_path() / "photos" / f"{code.lower()}-1.webp") as image:
            image.convert("RGB").save(root / f"{code}.jpg", quality=92)
    kind, pixels = next(strangers(1))
    assert kind == "empty ground"
    Image.fromarray(np.ascontiguousarray(pixels)).resize((900, 900)).save(root / "PR-1003.jpg", quality=92)
    (tmp_path / "sheet.csv").write_text(SHEET)
    return root


def reasons(plan: Path) -> dict[str, tuple[str, set[str]]]:
    lines: list[dict[str, Any]] = [json.loads(line) for line in plan.read_text(encoding="utf-8").splitlines()]
    return {line["source"]: (line["verdict"], {each["code"] for each in line["reasons"]}) for line in lines}


def test_what_was_seen_takes_part_in_the_plan(parure: Parure, archive: Path, tmp_path: Path) -> None:
    house = {"PARURE_ENCODER": "house-v1"}
    plan = ("curate", "plan", archive, "--sheet", tmp_path / "sheet.csv", "--force", "--out", tmp_path / "plan.jsonl")
    assert "was not scanned yet" in parure.run("curate", "see", archive, code=1, **house)
    parure.run("curate", "scan", archive, "--jobs", 1)
    parure.run(*plan)
    before = reasons(tmp_path / "plan.jsonl")
    assert not {"not_jewellery", "wrong_type"} & {code for _, codes in before.values() for code in codes}
    told = json.loads(parure.run("curate", "see", archive, "--json", **house))
    assert (told["seen"], told["known"], told["failed"]) == (3, 3, [])
    assert json.loads(parure.run("curate", "see", archive, "--json", **house))["seen"] == 0
    parure.run(*plan)
    after = reasons(tmp_path / "plan.jsonl")
    assert "not_jewellery" not in after["PR-1001.jpg"][1]
    assert "wrong_type" not in after["PR-1001.jpg"][1]
    assert after["PR-1003.jpg"][0] == "reject"
    assert "not_jewellery" in after["PR-1003.jpg"][1]
    assert after["PR-1002.jpg"][0] == "review"
    assert "wrong_type" in after["PR-1002.jpg"][1]


def test_an_encoder_that_finds_no_pieces_is_told(parure: Parure, archive: Path) -> None:
    parure.run("curate", "scan", archive, "--jobs", 1)
    assert "finds no pieces" in " ".join(parure.run("curate", "see", archive, code=1).split())


def test_a_plan_is_applied_out_of_the_zip_that_was_scanned(parure: Parure, archive: Path, tmp_path: Path) -> None:
    zipped = Path(shutil.make_archive(str(tmp_path / "photos"), "zip", archive))
    before = zipped.read_bytes()
    plan, target = tmp_path / "plan.jsonl", tmp_path / "catalogue"
    parure.run("curate", "scan", zipped, "--jobs", 1)
    parure.run("curate", "plan", zipped, "--sheet", tmp_path / "sheet.csv", "--out", plan)
    places = [json.loads(line)["target"] for line in plan.read_text().splitlines()]
    assert parure.json("curate", "check", plan, "--source", zipped)["faults"] == []
    order = ("curate", "apply", plan, "--source", zipped, "--target", target, "--yes")
    refused = " ".join(parure.run(*order, "--move", code=1).split())
    assert "can only be copied out of" in refused
    told = parure.json(*order)
    assert told["placed"] == sum(place is not None for place in places) > 0
    assert sorted(path.relative_to(target).as_posix() for path in target.rglob("*.jpg")) == sorted(filter(None, places))
    assert parure.json("curate", "undo", target)["restored"] == told["placed"]
    assert not target.exists()
    assert zipped.read_bytes() == before
