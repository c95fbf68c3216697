"""A trained reader to what ships: the ONNX file, its int8 form, and a JSON with all that is needed to use them.

    python -m parure.training.export_reader DATA RUN [--out DIR] [--photographs 3000] [--interpolation .6]

Unusual: the vectors leave through projections fitted here, on photographs of the designs that were learned from, while
temperatures and figures come from designs held out, half of them for fitting and half for the figures.
"""
# mypy: disallow-subclassing-any=False
# (types are checked without torch installed, where its classes are Any)

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from parure.render.dataset.store import read_records
from parure.render.families.table import TYPE_SHARES
from parure.training.batches import split_designs
from parure.training.calibrate import Fitted, calibrate
from parure.training.checkpoint import Run, read_run
from parure.training.dataset import Batch, Photographs, held_out_style
from parure.training.export import export_onnx
from parure.training.learner import as_input, interpolated
from parure.training.losses import class_weights
from parure.training.measure_reader import Observed, figures, observe
from parure.training.projection import Projection, fit_projection
from parure.training.quantise import quantise_weights
from parure.training.reader_network import PART_MASKS, ReadCrop, Reader, joined_features
from parure.training.recipe import Recipe
from parure.training.vocabulary import Vocabulary
from parure.vision.analysis import PART_VECTORS
from parure.vision.colour import COLOUR_BINS
from parure.vision.onnx_runtime import file_sha256

__all__ = ["ExportedReader", "Projections", "expect_as_sold", "export_reader", "fit_projections"]

DIMENSION, PART_DIMENSION = 512, 128
FLATTEN = 0.15  # chosen on real photos, with the texture: 0 to .25 lie within .02 of recall at 1
_BATCH = 16  # designs
_ROUNDS = 4  # photographs of each held-out design are made so many times
_LEAST_SPREAD = 1e-5
_SHOWN = 0.004  # of the cells: with less, a part's features are chance and teach its projection nothing

Told = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Projections:
    """`texture` (2, 64): mean and spread of textures, to bring their numbers to one scale."""

    whole: Projection
    parts: tuple[Projection, ...]
    texture: NDArray[np.float32]


class ExportedReader(nn.Module):
    """The reader with its projections; outputs in the order of `output_names`."""

    def __init__(self, reader: Reader, projections: Projections, recipe: Recipe) -> None:
        super().__init__()
        self.reader = reader
        self.recipe = recipe
        self.register_buffer("texture", torch.from_numpy(projections.texture))
        self.whole = _Project(projections.whole)
        self.parts = nn.ModuleList([_Project(each) for each in projections.parts])

    def forward(self, pixels: Tensor, colour: Tensor) -> tuple[Tensor, ...]:
        read = self.reader(pixels, colour)
        embedding = self.whole(joined(read, colour, self.recipe, self.texture))
        vectors = [project(row) for project, row in zip(self.parts, read.part_features, strict=True)]
        return (embedding, *read.attributes, read.parts, *vectors)


def joined(read: ReadCrop, colour: Tensor, recipe: Recipe, scale: Tensor) -> Tensor:
    """What is compared: network, colour, texture and parts together, before the projection."""
    return joined_features(
        read.pooled,
        colour,
        recipe.colour_weight,
        texture=(read.texture - scale[0]) / scale[1],
        texture_weight=recipe.texture_weight,
        parts=read.part_features,
        parts_weight=recipe.parts_weight,
    )


class _Project(nn.Module):
    def __init__(self, projection: Projection) -> None:
        super().__init__()
        self.register_buffer("axes", torch.from_numpy(projection.axes))
        self.register_buffer("shift", torch.from_numpy(projection.mean @ projection.axes))

    def forward(self, rows: Tensor) -> Tensor:
        projected: Tensor = rows @ self.axes - self.shift
        return projected


def output_names(vocabulary: Vocabulary) -> list[str]:
    return ["embedding", *(f"attr_{entry.attribute}" for entry in vocabulary.attributes), "parts", *PART_VECTORS]


def export_reader(data: Path, out: Path, run: Run, *, photographs: int = 3000, told: Told = print) -> Path:
    """Fit, export, quantise, measure; gives the path of reader.json in `out`."""
    recipe = run.recipe
    expect_as_sold(run)
    learned, held = split_designs(read_records(data), recipe)
    makers = {
        "learned": Photographs(data, learned, run.vocabulary, recipe),
        "held": Photographs(data, held, run.vocabulary, recipe),
    }
    count = photographs // recipe.photos_per_design
    projections = fit_projections(run, _batches(makers["learned"], recipe, count, seed=3), told)
    out.mkdir(parents=True, exist_ok=True)
    model = write_model(run, projections, out / "reader.onnx")
    small = out / "reader-int8.onnx"
    quantise_weights(model, small, tuned=_tuned_names(recipe))
    observed = {path.name: observe(path, _held_out(makers["held"], recipe), run.vocabulary) for path in (model, small)}
    told("measured on photographs of designs held out")
    return _write_fragment(out, run, projections, observed)


def expect_as_sold(run: Run) -> None:
    """Move the head of types to the shares in which shops sell them, from those in which they were learned.

    What a network believes is right for the shares it learned from, times the weights of the classes; the logarithm of
    the ratio moves it to others (Saerens et al. 2002). All types together are expected as often as before, beside
    "cannot tell", whose logit stays.
    """
    for head, entry, weights in zip(
        run.reader.heads, run.vocabulary.attributes, class_weights(run.vocabulary), strict=True
    ):
        if entry.attribute == "type":
            sold = torch.tensor([TYPE_SHARES[value] for value in entry.values])
            learned = torch.tensor(entry.counts) * weights[:-1]
            with torch.no_grad():
                head.bias[:-1] += (sold / sold.sum()).log() - (learned / learned.sum()).log()


def _batches(maker: Photographs, recipe: Recipe, designs: int, *, seed: int, held: bool = False) -> Iterator[Batch]:
    """Photographs of up to so many designs at the side the reader is exported for."""
    count = len(maker.records)
    order = np.random.default_rng([recipe.seed, seed]).permutation(count)[: min(designs, count)]
    style = held_out_style(recipe.style) if held else None
    for start in range(0, len(order), _BATCH):
        chosen = [int(at) for at in order[start : start + _BATCH]]
        yield maker.batch(chosen, [recipe.seed, seed, start], side=recipe.export_side, style=style)


def _tuned_names(recipe: Recipe) -> list[str]:
    return [f"reader.backbone.blocks.{stage}." for stage in range(7 - recipe.tuned_stages, 7)]


def _held_out(maker: Photographs, recipe: Recipe) -> Iterator[Batch]:
    """Every design held out, again and again on other grounds: few designs, but temperatures need many answers."""
    for number in range(_ROUNDS):
        yield from _batches(maker, recipe, len(maker.records), seed=5 + number, held=True)


def fit_projections(run: Run, batches: Iterator[Batch], told: Told) -> Projections:
    """Projections of the joined features and, on the photographs that show the part, of the part features."""
    seen: list[tuple[ReadCrop, Tensor]] = []
    parts: list[list[NDArray[np.float32]]] = [[] for _ in PART_VECTORS]
    for batch in batches:
        colour = torch.from_numpy(batch.colour)
        with torch.inference_mode():
            read = run.reader(as_input(batch.pixels), colour)
        seen.append((replace(read, attributes=(), parts=torch.empty(0)), colour))
        for rows, features, shown in zip(parts, read.part_features, _shown(read.parts), strict=True):
            rows.append(features.numpy()[shown])
    texture = torch.cat([read.texture for read, _ in seen])
    scale = torch.stack([texture.mean(0), texture.std(0) + _LEAST_SPREAD])
    whole = [joined(read, colour, run.recipe, scale).numpy() for read, colour in seen]
    told(f"projections from {sum(map(len, whole))} photographs")
    return Projections(_fitted(whole, DIMENSION), tuple(_fitted(rows, PART_DIMENSION) for rows in parts), scale.numpy())


def _shown(parts: Tensor) -> list[NDArray[np.bool_]]:
    """For each of the part vectors (n,): whether the mask found enough of the part."""
    found = parts.argmax(dim=1)
    shares = [sum((found == part).float().mean((1, 2)) for part in mask) for mask in PART_MASKS]
    return [np.asarray(torch.as_tensor(share).numpy() > _SHOWN) for share in shares]


def _fitted(rows: Sequence[NDArray[np.float32]], dimension: int) -> Projection:
    return fit_projection(np.concatenate(rows), dimension, flatten=FLATTEN)


def write_model(run: Run, projections: Projections, path: Path) -> Path:
    network = ExportedReader(run.reader, projections, run.recipe)
    network.to(memory_format=torch.contiguous_format)  # type: ignore[call-overload, unused-ignore]
    side = run.recipe.export_side
    inputs = {"pixels": torch.rand(2, 3, side, side), "colour": torch.rand(2, COLOUR_BINS)}
    export_onnx(network, path, inputs=inputs, output=output_names(run.vocabulary))
    return path


def _write_fragment(out: Path, run: Run, projections: Projections, observed: Mapping[str, Observed]) -> Path:
    vocabulary, recipe = run.vocabulary, run.recipe
    main = next(iter(observed.values()))
    fragment = {
        "side": recipe.export_side,
        "dimension": DIMENSION,
        "part_dimension": PART_DIMENSION,
        "attributes": [
            {"attribute": entry.attribute, "values": entry.values, **asdict(calibration)}
            for entry, calibration in zip(vocabulary.attributes, _calibrations(main), strict=True)
        ],
        "figures": {name: asdict(figures(each, vocabulary)) for name, each in observed.items()},
        "variance_kept": [round(each.kept, 4) for each in (projections.whole, *projections.parts)],
        "flatten": FLATTEN,
        "files": {name: file_sha256(out / name) for name in observed},
        "training": dict(run.about),
    }
    path = out / "reader.json"
    path.write_text(json.dumps(fragment, indent=2) + "\n", encoding="utf-8")
    return path


def _calibrations(observed: Observed) -> Iterator[Fitted]:
    """By attribute, on the photographs whose value is known; designs are split in two halves."""
    half = observed.design % 2 == 0
    for logits, targets in zip(observed.logits, observed.targets.T, strict=True):
        known = targets >= 0
        yield calibrate(logits[known], targets[known], half[known])


def _summary(path: Path) -> str:
    """A table for people: float32 beside int8."""
    raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lines = []
    for name, each in raw["figures"].items():
        lines.append(
            f"{name}: R@1 {each['recall_at_1']:.3f} among {each['designs']}, parts mIoU {each['part_overlap']:.3f}"
        )
        lines += [
            f"  {entry['attribute']:15} accuracy {entry['accuracy']:.3f}, macro-F1 {entry['macro_f1']:.3f}, "
            f"cannot tell {entry['cannot_tell']:.3f}, ECE {entry['error']:.3f}"
            for entry in each["attributes"]
        ]
    for entry in raw["attributes"]:
        errors = ", ".join(f"{entry[f'error_{kind}']:.3f}" for kind in ("raw", "temperature", "curve"))
        lines.append(
            f"  {entry['attribute']:15} temperature {entry['temperature']:.2f}; ECE raw, scaled, curve: {errors}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the data set the run was trained on")
    parser.add_argument("run", type=Path, help="folder of a finished run")
    parser.add_argument("--out", type=Path, help="folder for the models; default: the run's")
    parser.add_argument("--photographs", type=int, default=3000, help="photographs to fit the projections on")
    parser.add_argument("--interpolation", type=float, help="another share than the heads settled on")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    run = read_run(chosen.run)
    if chosen.interpolation is not None:
        run.reader.backbone.load_state_dict(interpolated(run.start, run.tuned, chosen.interpolation))
    path = export_reader(chosen.data, chosen.out or chosen.run, run, photographs=chosen.photographs)
    print(_summary(path))  # noqa: T201


if __name__ == "__main__":
    main()
