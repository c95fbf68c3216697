"""All of a house model in one command, from the number of its designs to ONNX files and their manifest:

    python -m parure.training.train_house OUT --backbone mobilenet.safetensors --coco yolox_nano.onnx

Unusual: every step is a process of its own, the very command that one would type, told before it runs. What a step made
is kept, and each goes on where it was stopped; so does the whole, with the same result, as every step has its seed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from parure.errors import ModelError, ParureError
from parure.render.dataset.store import replace_file
from parure.training.recipe import Recipe

__all__ = ["Choices", "Step", "carry_out", "steps_of"]

NAME = "house-v1"
# What the reader that ships learned with. `bfloat16` halves the time on processors that can, and costs others some.
READER = ("side=160", "scene=208", "least_designs=10", "epochs=20", "whole=0.5", "distillation=1", "twice=true",
          "bfloat16=true")  # fmt: skip
_CROP = ("--min-share", ".4", "--air", ".1")

Execute = Callable[[Sequence[str]], int]
Told = Callable[[str], None]


@dataclass(frozen=True)
class Choices:
    """`reader` are fields of its recipe as `name=value`; `real` are photos that choose the verdict's threshold."""

    backbone: Path
    coco: Path
    designs: int = 10_000
    held: int = 1_000
    views: int = 2
    size: int = 256
    samples: int = 9
    reader: tuple[str, ...] = ()
    detector: Path | None = None
    words_steps: int = 0
    bodies: int = 480
    real: Path | None = None


@dataclass(frozen=True)
class Step:
    """`command` is what follows `python -m`."""

    name: str
    command: tuple[str, ...]


def steps_of(out: Path, choices: Choices) -> tuple[Step, ...]:
    """From nothing to the manifest, in order. All that is made lies in `out`."""
    designs, held, bodies, pool = (str(out / name) for name in ("designs", "held", "bodies", "scenes"))
    reader, words, run = out / "reader", out / "words", out / "detector"
    model = out / "model" / f"{NAME}.json"
    detector = ("parure.training.detector", *(("--recipe", str(choices.detector)) if choices.detector else ()))
    drawn = ("--views", str(choices.views), "--size", str(choices.size), "--samples", str(choices.samples))
    parts = (
        *("--detector", str(run / "out" / "detector.json"), "--reader", str(reader / "reader.json")),
        *("--reader-file", "reader-int8.onnx", "--words", str(words / "out" / "words.json")),
    )
    steps = {
        "designs": ("parure", "render", "dataset", designs, "--designs", str(choices.designs), *drawn),
        "held": ("parure", "render", "dataset", held, "--designs", str(choices.held), *drawn, "--prefix", "h"),
        "bodies": ("parure.training.detector_far", "--data", designs, "--out", bodies, "--count", str(choices.bodies)),
        "scenes": (*detector, "fill", "--data", designs, "--pool", pool, "--far", bodies),
        "detector": (
            *(*detector, "train", "--data", designs, "--pool", pool),
            *("--weights", str(choices.coco), "--run", str(run)),
        ),
        "detector-export": (*detector, "finish", "--run", str(run), "--held", held, "--out", str(run / "out")),
        "reader": (
            *("parure.training.train_reader", designs, "--weights", str(choices.backbone), "--out", str(reader)),
            *("--set", *READER, *choices.reader),
        ),
        "reader-export": ("parure.training.export_reader", designs, str(reader)),
        "words": (
            *("parure.training.words_train", "--data", designs, "--held", held),
            *("--unseen-share", str(Recipe().held_out), "--encoder", str(reader / "reader-int8.onnx")),
            *("--run", str(words), "--out", str(words / "out")),
            *(("--steps", str(choices.words_steps)) if choices.words_steps else ()),
        ),
        "model": ("parure.training.assemble_house", "--name", NAME, *parts, *_CROP, "--out", str(model.parent)),
        "probabilities": ("parure.training.calibrate_house", str(model), "--renders", designs),
        "verdict": (
            *("parure.training.fit_verdict", str(model), "--renders", held),
            *("--out", str(model.with_name("verdict.json")), "--designs", str(choices.held)),
            *(("--real", str(choices.real)) if choices.real else ()),
        ),
    }
    return tuple(Step(name, command) for name, command in steps.items())


def carry_out(out: Path, steps: Sequence[Step], *, execute: Execute, told: Told = print) -> None:
    """Take the steps that are not done yet.

    Raises `ModelError` if `out` was begun with other choices, before anything is done, and for a step that fails.
    """
    for step in steps:
        begun = _begun(out, step)
        if begun is not None and begun.command != step.command:
            raise ModelError(
                f"{out} holds the step {step.name!r} made with other choices: {' '.join(begun.command)}. "
                "Choose another folder, or the same choices."
            )
    for number, step in enumerate(steps, start=1):
        place = f"{number} of {len(steps)}, {step.name}"
        begun = _begun(out, step)
        if begun is not None and begun.done:
            told(f"{place}: done before")
            continue
        told(f"{place}: python -m {' '.join(step.command)}")
        _note(out, step, _Begun(step.command, done=False))
        code = execute(step.command)
        if code:
            raise ModelError(f"The step {step.name!r} ended with code {code}. Mend what it says and start again.")
        _note(out, step, _Begun(step.command, done=True))


@dataclass(frozen=True)
class _Begun:
    command: tuple[str, ...]
    done: bool


def _note(out: Path, step: Step, begun: _Begun) -> None:
    replace_file(_path(out, step), json.dumps(asdict(begun), indent=2).encode())


def _begun(out: Path, step: Step) -> _Begun | None:
    path = _path(out, step)
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    return _Begun(tuple(raw["command"]), bool(raw["done"]))


def _path(out: Path, step: Step) -> Path:
    return out / "steps" / f"{step.name}.json"


def _execute(command: Sequence[str]) -> int:
    return subprocess.run([sys.executable, "-m", *command], check=False).returncode


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder for everything that is made")
    parser.add_argument("--backbone", type=Path, required=True, help="MobileNetV2 1.0, safetensors in the timm layout")
    parser.add_argument("--coco", type=Path, required=True, help="yolox_nano.onnx, trained on COCO")
    parser.add_argument("--designs", type=int, default=Choices.designs, help="to learn from (default: %(default)s)")
    parser.add_argument("--held", type=int, default=Choices.held, help="to measure on (default: %(default)s)")
    parser.add_argument("--views", type=int, default=Choices.views, help="of each design (default: %(default)s)")
    parser.add_argument("--size", type=int, default=Choices.size, help="pixels of a picture (default: %(default)s)")
    parser.add_argument("--samples", type=int, default=Choices.samples, help="light paths a pixel (%(default)s)")
    parser.add_argument("--reader", nargs="*", default=(), metavar="NAME=VALUE", help="fields of the reader's recipe")
    parser.add_argument("--detector", type=Path, help="JSON with fields of the detector's recipe")
    parser.add_argument("--words-steps", type=int, default=0, help="of the text tower, instead of its recipe's")
    parser.add_argument(
        "--bodies", type=int, default=Choices.bodies, help="designs on whole hands, ears and necks (%(default)s)"
    )
    parser.add_argument("--real", type=Path, help="folder of real photos, to choose the verdict's threshold")
    return parser.parse_args()


def main() -> None:
    asked = vars(_choices())
    out: Path = asked.pop("out")
    choices = Choices(**{**asked, "reader": tuple(asked["reader"])})
    try:
        carry_out(out, steps_of(out, choices), execute=_execute, told=lambda line: print(line, flush=True))  # noqa: T201
    except ParureError as error:
        raise SystemExit(str(error)) from None
    print(f"{out / 'model'}: parure evaluate house --model {out / 'model' / NAME}.json measures it")  # noqa: T201


if __name__ == "__main__":
    main()
