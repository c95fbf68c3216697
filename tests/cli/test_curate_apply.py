"""`parure curate check`, `apply` and `undo` as their user meets them; the commands of their page run."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from parure.curate import PlanEntry, Verdict
from parure.curate.plan import write_plan
from tests.cli.conftest import Parure
from tests.curate.apply_disks import SMALL, Archive, make_archive, snapshot
from tests.docs.test_commands import commands

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


def test_one_file_is_told_in_the_singular(parure: Parure, tmp_path: Path) -> None:
    archive = make_archive(tmp_path, dict(list(SMALL.items())[:1]))
    order = archive.order()
    apply = ("curate", "apply", order.plan, "--source", order.source, "--target", order.target)
    assert "1 line can be read: 1 keep." in parure.run("curate", "check", order.plan)
    assert "1 file will be copied" in parure.run(*apply, code=1)
    told = " ".join(parure.run(*apply, "--yes").split())
    assert "1 file copied" in told
    assert "0 were in place already, 0 stay where they are." in told
    again = " ".join(parure.run(*apply, "--yes").split())
    assert "0 files copied" in again
    assert "1 was in place already" in again
    assert "1 file is as it was before." in parure.run("curate", "undo", order.target)


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
    told = [shlex.split(command)[1:] for command in commands(PAGE)]
    assert [command[1] for command in told] == ["check", "apply", "undo"]
    for command in told:
        parure.run(*command)
    assert snapshot(archive.root / "photos") == before
    assert not (archive.root / "catalogue").exists()
