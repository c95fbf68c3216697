"""`parure curate check`, `apply` and `undo` as their user meets them; the commands of their page run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from parure.curate import PlanEntry, Verdict
from parure.curate.plan import write_plan
from tests.cli.conftest import Parure
from tests.curate.apply_disks import SMALL, Archive, make_archive, snapshot

PAGE = Path(__file__).parents[2] / "docs" / "curate-apply.md"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path, SMALL)


def test_a_plan_is_checked_applied_and_taken_back(parure: Parure, archive: Archive) -> None:
    order, before = archive.order(), archive.all()
    places = ("--source", order.source, "--target", order.target)
    assert parure.json("curate", "check", order.plan, "--source", order.source)["verdicts"]["keep"] == 2
    told = parure.run("curate", "apply", order.plan, *places, code=1)
    assert "2 files will be copied" in " ".join(told.split())
    assert "--yes" in told
    assert archive.all() == before
    report = parure.json("curate", "apply", order.plan, *places, "--move", "--yes")
    assert (report["placed"], report["stayed"]) == (4, 1)
    assert "4 files are as they were" in parure.run("curate", "undo", order.target)
    assert archive.all() == before


def test_faults_are_lines_and_exit_code_1(parure: Parure, archive: Archive) -> None:
    order = archive.order()
    (order.source / "old/copy.jpg").unlink()
    places = ("--source", order.source, "--target", order.target)
    told = parure.run("curate", "apply", order.plan, *places, "--yes", code=1)
    assert "3 files copied" in told
    assert "line 3: old/copy.jpg: the file is gone" in " ".join(told.split())
    write_plan(order.plan, [PlanEntry("../x", "0", Verdict.KEEP, "y")])
    found = parure.run("curate", "check", order.plan, "--json", code=1)
    assert [fault["code"] for fault in json.loads(found)["faults"]] == ["bad_source", "bad_sha256"]


def test_the_commands_of_the_page_run_in_their_order(
    parure: Parure, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.order()
    monkeypatch.chdir(archive.root)
    archive.source.rename(archive.root / "photos")
    before = snapshot(archive.root / "photos")
    lines = "".join(re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)).splitlines()
    commands = [shlex.split(line)[1:] for line in lines]
    assert [command[1] for command in commands] == ["check", "apply", "undo"]
    for command in commands:
        parure.run(*command)
    assert snapshot(archive.root / "photos") == before
    assert not (archive.root / "catalogue").exists()
