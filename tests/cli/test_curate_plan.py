"""`parure curate plan` and `report` as their user meets them; the page "from archive to catalogue" runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from parure.curate.plan import QUARANTINE
from tests.cli.conftest import Parure
from tests.curate.made_archive import MadeArchive, make_archive
from tests.docs.test_commands import commands

pytest.importorskip("cv2")

PAGE = Path(__file__).parents[2] / "docs" / "curate.md"


@pytest.fixture
def made(tmp_path: Path) -> MadeArchive:
    return make_archive(tmp_path)


@pytest.fixture
def scanned(parure: Parure, made: MadeArchive) -> MadeArchive:
    parure.run("curate", "scan", made.archive, "--jobs", 1)
    return made


def lines(plan: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in plan.read_text(encoding="utf-8").splitlines()]


def test_every_file_gets_the_verdict_that_is_right(parure: Parure, scanned: MadeArchive, tmp_path: Path) -> None:
    plan = tmp_path / "plan.jsonl"
    told = parure.json("curate", "plan", scanned.archive, "--sheet", tmp_path / "stock.csv", "--out", plan)
    found = {line["source"]: (line["verdict"], line["reasons"][0]["code"]) for line in lines(plan)}
    assert found.keys() == scanned.truth.keys()
    for path, (verdict, reason) in scanned.truth.items():
        assert found[path][0] == verdict, path
        assert not reason or found[path][1] == reason, path
    assert told["files"] == len(scanned.truth)
    assert told["reasons"]["duplicate"] == {"same_bytes": 2, "same_picture": 2}
    assert (told["styles"], told["styles_without_photos"]) == (6, 1)
    targets = {line["source"]: line["target"] for line in lines(plan)}
    assert targets["2014/PR-1001_YG_front.jpg"] == "rings/PR-1001_yellow_gold_front_1.jpg"
    assert parure.json("curate", "check", plan, "--source", scanned.archive)["faults"] == []


def test_a_plan_goes_through_pipes_and_a_page_is_made_of_it(
    parure: Parure, scanned: MadeArchive, tmp_path: Path
) -> None:
    sheet, page = ("--sheet", tmp_path / "stock.csv"), tmp_path / "page.html"
    written = parure.run("curate", "plan", scanned.archive, *sheet, "--out", "-")
    entries = [json.loads(line) for line in written.splitlines()]
    assert len(entries) == len(scanned.truth)
    told = subprocess.run(
        [sys.executable, "-m", "parure", "--data", str(parure.data), "curate", "report", str(scanned.archive),
         "--plan", "-", "--sheet", str(tmp_path / "stock.csv"), "--out", str(page), "--json"],
        input=written, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    figures = json.loads(told)
    assert [stage["files"] for stage in figures["stages"]] == [34, 31, 29, 27, 26, 24]
    assert figures["pictures"] == 31
    html = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=[\"'](?!#|data:)", html)
    assert "1 style of the sheet has no photo" in html
    assert "is there already" in parure.run(
        "curate", "report", scanned.archive, "--plan", tmp_path / "stock.csv", "--out", page, code=1
    )


def test_plans_of_other_archives_and_of_unscanned_ones_are_told(
    parure: Parure, scanned: MadeArchive, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.jsonl"
    assert "was not scanned yet" in parure.run("curate", "plan", tmp_path, "--out", plan, code=1)
    parure.run("curate", "plan", scanned.archive, "--out", plan)
    assert {line["verdict"] for line in lines(plan)} == {"review", "reject", "duplicate"}  # no sheet, no names
    other = [line | {"source": f"elsewhere/{line['source']}"} for line in lines(plan)]
    (tmp_path / "other.jsonl").write_text("".join(json.dumps(line) + "\n" for line in other))
    told = parure.run("curate", "report", scanned.archive, "--plan", tmp_path / "other.jsonl", code=1)
    assert "It is a plan of another archive" in " ".join(told.split())
    mixed = [*lines(plan)[2:], other[0], lines(plan)[1] | {"sha256": "0" * 64}]
    (tmp_path / "mixed.jsonl").write_text("".join(json.dumps(line) + "\n" for line in mixed))
    notes = parure.json(
        "curate", "report", scanned.archive, "--plan", tmp_path / "mixed.jsonl", "--out", tmp_path / "r.html"
    )["notes"]
    assert [note.split(" (")[0].partition(" ")[0] for note in notes] == ["1", "1", "1"]
    assert "--force" in parure.run("curate", "plan", scanned.archive, "--out", plan, code=1)
    assert "both go" in parure.run("curate", "plan", scanned.archive, "--out", "-", "--json", code=2)


def test_files_gone_since_the_scan_wait_and_a_report_still_comes(
    parure: Parure, scanned: MadeArchive, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.jsonl"
    gone = scanned.archive / "web/DSC_0177.jpg"
    gone.unlink()
    parure.run("curate", "plan", scanned.archive, "--sheet", tmp_path / "stock.csv", "--out", plan)
    found = {line["source"]: line for line in lines(plan)}
    assert found["web/DSC_0177.jpg"]["verdict"] == "review"
    assert found["web/DSC_0177.jpg"]["reasons"][0]["code"] == "gone_since_scan"
    shutil.move(scanned.archive, tmp_path / "moved")
    page = tmp_path / "page.html"
    told = parure.json("curate", "report", scanned.archive, "--plan", plan, "--out", page)
    assert told["pictures"] == 0
    assert "there are no pictures" in page.read_text(encoding="utf-8")


def test_names_stay_when_photos_come_later(parure: Parure, scanned: MadeArchive, tmp_path: Path) -> None:
    sheet = ("--sheet", tmp_path / "stock.csv")
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    parure.run("curate", "plan", scanned.archive, *sheet, "--out", first)
    earlier = scanned.archive / "0 new" / "PR-1001 YG front.jpg"
    earlier.parent.mkdir()
    shutil.copy(scanned.archive / "phone/IMG_20190312_101500.jpg", earlier)
    parure.run("curate", "scan", scanned.archive, "--jobs", 1)
    parure.run("curate", "plan", scanned.archive, *sheet, "--names-of", first, "--out", second)
    before = {line["source"]: line["target"] for line in lines(first) if line["target"]}
    after = {line["source"]: line["target"] for line in lines(second) if line["target"]}
    assert {source: after[source] for source in before} == before
    assert after["0 new/PR-1001 YG front.jpg"] == "rings/PR-1001_yellow_gold_front_2.jpg"


@pytest.mark.slow
def test_a_plan_killed_again_and_again_ends_as_one_that_was_not(
    parure: Parure, scanned: MadeArchive, tmp_path: Path
) -> None:
    whole, plan = tmp_path / "whole.jsonl", tmp_path / "plan.jsonl"
    twin = Parure(tmp_path / "twin")
    twin.run("curate", "scan", scanned.archive, "--jobs", 1)
    began = time.monotonic()
    twin.run("curate", "plan", scanned.archive, "--sheet", tmp_path / "stock.csv", "--out", whole)
    usual = time.monotonic() - began
    hits = 0
    for part in (0.4, 0.7, 0.85, 0.95):
        process = parure.start(
            "curate", "plan", scanned.archive, "--sheet", tmp_path / "stock.csv", "--out", plan, "--force"
        )
        time.sleep(part * usual)
        hits += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert not plan.exists() or plan.read_bytes() == whole.read_bytes()
    assert hits
    parure.run("curate", "plan", scanned.archive, "--sheet", tmp_path / "stock.csv", "--out", plan, "--force")
    assert plan.read_bytes() == whole.read_bytes()


@pytest.mark.slow
def test_the_commands_of_the_page_lead_from_archive_to_catalogue(made: MadeArchive) -> None:
    before = {path: (made.archive / path).read_bytes() for path in made.truth}
    here = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PARURE_DATA": str(made.root / "d"),
    }
    env = {key: value for key, value in os.environ.items() if not key.startswith("PARURE_")} | here
    assert len(commands(PAGE)) >= 11
    for command in commands(PAGE):
        done = subprocess.run(
            command, shell=True, cwd=made.root, env=env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    named = {path.relative_to(made.root / "catalogue").as_posix() for path in (made.root / "catalogue").rglob("*.jpg")}
    assert "rings/PR-1001_yellow_gold_front_1.jpg" in named
    assert f"{QUARANTINE}/web/DSC_0177.jpg" in named
    assert {path: (made.archive / path).read_bytes() for path in made.truth} == before
