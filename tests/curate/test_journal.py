"""The journal tells a torn end from damage, and survives both."""

from __future__ import annotations

from pathlib import Path

import pytest

from parure.curate.apply_disk import Disk
from parure.curate.journal import Journal, Record, Step
from parure.errors import IntakeError

RECORDS = [
    Record(Step.BEGIN, "r", source="/a\udc80", sha256="ab", mode="move"),
    Record(Step.FOLDER, "r", target="кольца"),
    Record(Step.INTENT, "r", 7, "a\r\nb\u2028.jpg", "x.jpg", "cd", there=True),
    Record(Step.DONE, "r", 7),
]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    journal = Journal(path, Disk())
    journal.append(RECORDS)
    journal.close()
    return path


def test_records_come_back_as_the_state_of_their_run(written: Path) -> None:
    journal = Journal(written, Disk())
    journal.close()
    run = journal.runs["r"]
    assert run.begin == RECORDS[0]
    assert run.intents == {7: RECORDS[2]}
    assert (list(run.folders), run.done, run.gone) == (["кольца"], {7}, set())


def test_whatever_is_left_of_the_last_line_is_cut_off(written: Path) -> None:
    whole = written.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in range(start, len(whole)):
        written.write_bytes(whole[:end])
        journal = Journal(written, Disk())
        journal.append([RECORDS[3]])
        journal.close()
        assert written.read_bytes() == whole


def test_damage_before_whole_lines_is_refused_and_left_as_it_is(written: Path) -> None:
    damaged = written.read_bytes().replace(b"move", b"copy")
    written.write_bytes(damaged)
    with pytest.raises(IntakeError, match="line 1 is damaged"):
        Journal(written, Disk())
    assert written.read_bytes() == damaged
