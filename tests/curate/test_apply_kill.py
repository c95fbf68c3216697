"""Killed before and after every single change to the disk: run again ends the same, undo restores every byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parure.curate import Verdict
from parure.curate.apply import Mode, apply_plan
from parure.curate.undo import undo_apply
from parure.errors import NotFound
from tests.curate.apply_disks import SMALL, Archive, Killed, KilledAt, make_archive

MEMORY = Path("/dev/shm")  # thousands of syncs take a minute on a real disk, and a kill does not ask for them


@pytest.fixture
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


pytestmark = pytest.mark.slow
MODES = pytest.mark.parametrize("mode", list(Mode))
AFTER = pytest.mark.parametrize("after", [False, True], ids=["before", "after"])


def undo_all(archive: Archive) -> None:
    """As a person would: again until nothing is left to undo."""
    try:
        while undo_apply(archive.target).earlier:
            pass
    except NotFound:
        return


def finished(folder: Path, mode: Mode) -> dict[str, dict[str, str]]:
    archive = make_archive(folder, SMALL)
    assert not apply_plan(archive.order(mode)).faults
    return archive.all()


@MODES
@AFTER
def test_apply_killed_at_every_step_goes_on_to_the_same_end(root: Path, mode: Mode, after: bool) -> None:
    expected = finished(root / "whole", mode)
    steps = 0
    while True:
        steps += 1
        archive = make_archive(root / str(steps), SMALL)
        before, originals = archive.all(), archive.hashes()
        try:
            apply_plan(archive.order(mode), disk=KilledAt(steps, after=after))
        except Killed:
            assert originals <= archive.hashes()
        else:
            break
        report = apply_plan(archive.order(mode))
        assert report.faults == ()
        assert archive.all() == expected
        undo_all(archive)
        assert archive.all() == before
    assert steps > 10


@MODES
@AFTER
def test_undo_after_apply_was_killed_at_every_step_restores_all(root: Path, mode: Mode, after: bool) -> None:
    for step in range(1, 200):
        archive = make_archive(root / str(step), SMALL)
        before = archive.all()
        try:
            apply_plan(archive.order(mode), disk=KilledAt(step, after=after))
        except Killed:
            undo_all(archive)
            assert archive.all() == before
        else:
            assert step > 10
            return
    pytest.fail("apply did not end")


@MODES
@AFTER
def test_undo_killed_at_every_step_goes_on_to_the_state_before(root: Path, mode: Mode, after: bool) -> None:
    for step in range(1, 200):
        archive = make_archive(root / str(step), SMALL)
        before, originals = archive.all(), archive.hashes()
        apply_plan(archive.order(mode))
        try:
            undo_apply(archive.target, disk=KilledAt(step, after=after))
        except Killed:
            assert originals <= archive.hashes()
            undo_all(archive)
            assert archive.all() == before
        else:
            assert step > 10
            return
    pytest.fail("undo did not end")


NAMES = st.text("abÄж. -", min_size=1, max_size=6).map(lambda name: name.strip(". ") or "x")
FILES = st.dictionaries(
    st.tuples(NAMES, NAMES).map(lambda parts: f"d{parts[0]}/{parts[1]}.jpg"),
    st.tuples(st.binary(max_size=40), st.sampled_from(list(Verdict)), st.booleans()),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, mode=st.sampled_from(list(Mode)), kills=st.lists(st.integers(1, 60), max_size=4))
def test_any_plan_killed_any_number_of_times_ends_the_same(
    root: Path,
    files: dict[str, tuple[bytes, Verdict, bool]],
    mode: Mode,
    kills: list[int],
) -> None:
    folder = Path(tempfile.mkdtemp(dir=root))
    planned = {
        name: (data, verdict, f"out/{n % 3}/{n}.jpg" if targeted else None)
        for n, (name, (data, verdict, targeted)) in enumerate(files.items())
    }
    whole, archive = make_archive(folder / "whole", planned), make_archive(folder / "killed", planned)
    before, originals = archive.all(), archive.hashes()
    apply_plan(whole.order(mode))
    for step in kills:
        try:
            apply_plan(archive.order(mode), disk=KilledAt(step))
        except Killed:
            assert originals <= archive.hashes()
    assert apply_plan(archive.order(mode)).faults == ()
    assert archive.all() == whole.all()
    for step in kills:
        try:
            undo_apply(archive.target, disk=KilledAt(step))
        except (Killed, NotFound):
            assert originals <= archive.hashes()
    undo_all(archive)
    assert archive.all() == before


SCRIPT = """
import os, signal, sys
from pathlib import Path
from tests.curate.apply_disks import KilledAt, Killed
from parure.curate.apply import Mode, Order, apply_plan
from parure.curate.undo import undo_apply

root, what, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])

class Kill(KilledAt):
    def _step(self, do, *arguments):
        try:
            return super()._step(do, *arguments)
        except Killed:
            os.kill(os.getpid(), signal.SIGKILL)

order = Order(root / "plan.jsonl", root / "source", root / "target", Mode.MOVE)
apply_plan(order, disk=Kill(step)) if what == "apply" else undo_apply(root / "target", disk=Kill(step))
"""


@pytest.mark.parametrize("step", [4, 9, 14, 19])
def test_a_real_kill_of_apply_and_of_undo_loses_nothing(root: Path, step: int) -> None:
    expected = finished(root / "whole", Mode.MOVE)
    archive = make_archive(root / "killed", SMALL)
    before = archive.all()
    archive.order(Mode.MOVE)

    def killed(what: str, at: int) -> None:
        done = subprocess.run([sys.executable, "-c", SCRIPT, archive.root, what, str(at)], env=os.environ, check=False)
        assert done.returncode == -signal.SIGKILL

    killed("apply", step)
    assert apply_plan(archive.order(Mode.MOVE)).faults == ()
    assert archive.all() == expected
    killed("undo", step // 2)
    undo_all(archive)
    assert archive.all() == before
