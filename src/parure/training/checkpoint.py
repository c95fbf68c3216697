"""What a run leaves in its folder, and finding its way back.

about.json           recipe, vocabulary, hashes of data and weights, versions
history.json         losses by epoch
checkpoint.pt        everything to go on from after the last whole epoch
tuned.safetensors    backbone before it was moved back (batch norm folded)
start.safetensors    backbone before it learned
reader.safetensors   the finished network
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from parure.errors import ModelError
from parure.render.dataset.store import Record
from parure.render.photograph import Style
from parure.training.learner import Learner
from parure.training.mobilenet import MobileNetV2
from parure.training.reader_network import Reader, fold_batch_norm
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary
from parure.vision.onnx_runtime import file_sha256

__all__ = [
    "Run",
    "data_hash",
    "load_checkpoint",
    "read_run",
    "save_checkpoint",
    "save_reader",
    "take_over",
    "write_about",
]


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run; `about` is its about.json, `start` and `tuned` are states of the backbone."""

    reader: Reader
    recipe: Recipe
    vocabulary: Vocabulary
    start: Mapping[str, torch.Tensor]
    tuned: Mapping[str, torch.Tensor]
    about: Mapping[str, Any]


def data_hash(records: Sequence[Record]) -> str:
    """sha256 over the specs and the names of the pictures: the same list of designs gives the same pictures."""
    digest = hashlib.sha256()
    for record in sorted(records, key=lambda record: record.id):
        digest.update(record.spec.encode())
        digest.update(" ".join(taken.name for taken in record.pictures).encode())
    return digest.hexdigest()


def write_about(
    out: Path, recipe: Recipe, vocabulary: Vocabulary, *, data: str, weights: Path, after: Path | None = None
) -> None:
    """Write about.json. Raises `ModelError` if the folder holds another run."""
    about = {
        "recipe": asdict(recipe),
        "vocabulary": [asdict(entry) for entry in vocabulary.attributes],
        "data_sha256": data,
        "weights_sha256": file_sha256(weights),
        **({"after_sha256": file_sha256(after / "checkpoint.pt")} if after else {}),
        "made_with": {"torch": str(torch.__version__), "numpy": np.__version__},
    }
    text = json.dumps(about, indent=2) + "\n"
    path = out / "about.json"
    if (out / "checkpoint.pt").exists() and path.exists() and path.read_text(encoding="utf-8") != text:
        raise ModelError(f"{out} holds a run with another recipe or other data. Choose another folder, or delete it.")
    path.write_text(text, encoding="utf-8")


def save_checkpoint(out: Path, learner: Learner, epochs: int) -> None:
    part = out / "checkpoint.pt.part"
    torch.save(
        {
            "epochs": epochs,
            "reader": learner.reader.state_dict(),
            "tuned": dict(learner.tuned),
            "optimiser": learner.optimiser.state_dict(),
            "history": learner.history,
        },
        part,
    )
    part.replace(out / "checkpoint.pt")
    _write_history(out, learner)


def _write_history(out: Path, learner: Learner) -> None:
    (out / "history.json").write_text(json.dumps(learner.history, indent=1) + "\n", encoding="utf-8")


def load_checkpoint(out: Path, learner: Learner) -> int:
    """Put the learner where the last whole epoch left it; gives how many are done, 0 for a new run."""
    path = out / "checkpoint.pt"
    if not path.exists():
        return 0
    saved = torch.load(path, weights_only=True)
    learner.reader.load_state_dict(saved["reader"])
    learner.tuned = saved["tuned"]
    learner.history[:] = saved["history"]
    learner.prepare()
    learner.optimiser.load_state_dict(saved["optimiser"])
    return int(saved["epochs"])


def take_over(after: Path, learner: Learner) -> None:
    """Begin with the network of another run; heads of attributes that know other values begin anew.

    Raises `ModelError` for a folder without a run."""
    try:
        about = json.loads((after / "about.json").read_text(encoding="utf-8"))
        saved = torch.load(after / "checkpoint.pt", weights_only=True)["reader"]
    except OSError as error:
        raise ModelError(f"{after} holds no run to begin with: {error}.") from error
    tuned = about["recipe"]["tuned_stages"]
    if tuned > learner.recipe.tuned_stages:
        raise ModelError(f"{after} tuned {tuned} stages, this run would freeze some of them: set tuned_stages={tuned}.")
    earlier = {entry: place for place, entry in enumerate(_told(Vocabulary.from_json(about["vocabulary"])))}
    kept = {name: value for name, value in saved.items() if not name.startswith("heads.")}
    for place, entry in enumerate(_told(learner.vocabulary)):
        if entry in earlier:
            kept |= {f"heads.{place}.{end}": saved[f"heads.{earlier[entry]}.{end}"] for end in ("weight", "bias")}
    learner.reader.load_state_dict({**learner.reader.state_dict(), **kept})


def _told(vocabulary: Vocabulary) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.attribute, entry.values) for entry in vocabulary.attributes]


def save_reader(out: Path, learner: Learner) -> Path:
    _write_history(out, learner)
    for name, state in (("start", learner.start), ("tuned", learner.tuned), ("reader", learner.reader.state_dict())):
        plain = {key: value.detach().clone(memory_format=torch.contiguous_format) for key, value in state.items()}
        save_file(plain, out / f"{name}.safetensors")
    return out / "reader.safetensors"


def read_run(out: Path) -> Run:
    """What `train_reader` left. Raises `ModelError` for a folder without a finished run."""
    try:
        about = json.loads((out / "about.json").read_text(encoding="utf-8"))
        start, tuned, state = (load_file(out / f"{name}.safetensors") for name in ("start", "tuned", "reader"))
    except OSError as error:
        raise ModelError(f"{out} holds no finished run: {error}.") from error
    raw = about["recipe"]
    recipe = Recipe(**{**raw, "style": Style(**raw["style"])})
    vocabulary = Vocabulary.from_json(about["vocabulary"])
    backbone = fold_batch_norm(MobileNetV2())
    reader = Reader(backbone, vocabulary.classes, hidden=recipe.hidden, pooling=recipe.pooling)
    reader.load_state_dict(state)
    reader.eval().requires_grad_(False)
    return Run(reader, recipe, vocabulary, start, tuned, about)
