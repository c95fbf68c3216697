"""The house model in one command: what it would run is understood, done steps stay done, other choices are refused."""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from parure.cli.render import dataset
from parure.errors import ModelError
from parure.training.train_house import Choices, Step, carry_out, steps_of

CHOICES = Choices(Path("backbone.safetensors"), Path("coco.onnx"), reader=("epochs=3",), real=Path("real"))
STEPS = tuple(Step(name, ("some.module", name)) for name in ("first", "second", "third"))


class Understood(Exception):
    """The module parsed its arguments."""


class Worker:
    """Notes what it is asked for; fails at one step, if told which."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str]) -> int:
        self.asked.append(command[-1])
        return 3 if command[-1] == self.failing else 0


def quiet(line: str) -> None:
    """Nobody listens."""


@pytest.mark.filterwarnings("ignore:.*found in sys.modules")  # another test may have imported the module
@pytest.mark.parametrize("step", steps_of(Path("out"), CHOICES), ids=lambda step: step.name)
def test_every_step_is_understood_by_the_module_it_runs(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    module, *arguments = step.command
    if module == "parure":
        assert arguments[:2] == ["render", "dataset"]
        told = dataset.make_context("dataset", arguments[2:]).params
        assert told["views"] == CHOICES.views
        return
    pytest.importorskip("torch", reason='training needs the extra "train" (torch)')
    parse = argparse.ArgumentParser.parse_args

    def parsed(parser: argparse.ArgumentParser, given: Sequence[str] | None = None) -> argparse.Namespace:
        parse(parser, given)
        raise Understood

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parsed)
    monkeypatch.setattr(sys, "argv", [module, *arguments])
    with pytest.raises(Understood):
        runpy.run_module(module, run_name="__main__")


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    first, second = Worker(failing="second"), Worker()
    with pytest.raises(ModelError, match="'second' ended with code 3"):
        carry_out(tmp_path, STEPS, execute=first, told=quiet)
    carry_out(tmp_path, STEPS, execute=second, told=quiet)
    assert first.asked == ["first", "second"]
    assert second.asked == ["second", "third"]


def test_a_step_that_was_stopped_is_taken_again(tmp_path: Path) -> None:
    def stopped(command: Sequence[str]) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(tmp_path, STEPS, execute=stopped, told=quiet)
    worker = Worker()
    carry_out(tmp_path, STEPS, execute=worker, told=quiet)
    assert worker.asked == ["first", "second", "third"]


def test_other_choices_are_refused_before_anything_is_done(tmp_path: Path) -> None:
    carry_out(tmp_path, STEPS[1:2], execute=Worker(), told=quiet)
    other, worker = (STEPS[0], Step("second", ("some.module", "otherwise"))), Worker()
    with pytest.raises(ModelError, match=r"made with other choices: some\.module second"):
        carry_out(tmp_path, other, execute=worker, told=quiet)
    assert worker.asked == []


def test_choices_reach_the_steps_they_are_for() -> None:
    told = {step.name: " ".join(step.command) for step in steps_of(Path("out"), replace(CHOICES, designs=7, held=5))}
    assert "--designs 7" in told["designs"]
    assert "--designs 5" in told["held"]
    assert told["reader"].endswith("epochs=3")
    assert told["verdict"].endswith("--real real")
