"""What each choice of a recipe is worth, on real photos: one short run for each, all measured the same way.

    python -m parure.training.try_recipes DATA --weights FILE --real DIR --out DIR --set epochs=4 designs=0.25 \
        --try base --try "distilled: distillation=1" --try "gem: pooling=gem" --seeds 0 1

Each line of the table is the base recipe with one thing changed: the same product on real photos, for several shares
of the tuned weights, with 95 % intervals over products. Only the half of the sources that may choose is looked at
unless `--half` says otherwise. Runs go on where they were stopped, and what is measured is kept beside them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from parure import images
from parure.errors import ImageError
from parure.evaluation.bootstrap import share
from parure.evaluation.real_photos import HALVES, Half, RealPhoto, in_half, read_real_photos
from parure.evaluation.retrieval import SameProduct
from parure.training.checkpoint import Run, read_run
from parure.training.learner import as_input, interpolated
from parure.training.reader_network import joined_features, texture_of
from parure.training.recipe import Recipe
from parure.training.train_reader import changed, keep_memory, train_reader
from parure.vision.colour import colour_histogram

__all__ = ["RealTask", "Trial", "measure_run", "parse_trial", "read_task"]

SHARES = (0.25, 0.5, 0.75, 1.0)  # of the tuned weights
_OTHERS = 1_200  # photos of products that nobody asks for, in the gallery
_TOGETHER = 16


@dataclass(frozen=True)
class Trial:
    """A name for the table and `name=value` changes to the base recipe."""

    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RealTask:
    """`pixels` (n, side, side, 3), `colour` (n, 216), who asks for whom, and which of the askers count (q,)."""

    pixels: NDArray[np.uint8]
    colour: NDArray[np.float32]
    products: SameProduct
    counts: NDArray[np.bool_]


@dataclass(frozen=True)
class Score:
    """Recall and reciprocal rank of a share of the tuned weights; `low` and `high` bound recall at 1."""

    tuned: float
    recall_at_1: float
    low: float
    high: float
    recall_at_5: float
    reciprocal: float


def parse_trial(text: str) -> Trial:
    """ "gem: pooling=gem rate=1e-4" """
    name, _, changes = text.partition(":")
    return Trial(name.strip(), tuple(changes.split()))


def read_task(folder: Path, *, side: int, half: Half, cache: Path) -> RealTask:
    """Photos of products that have several, and a fixed draw of others; decoded once and kept in `cache`."""
    photos = [photo for photo in read_real_photos(folder) if photo.path.exists()]
    asking = SameProduct.from_products([photo.product for photo in photos]).queries
    others = np.setdiff1d(np.arange(len(photos)), asking)
    drawn = np.random.default_rng(0).choice(others, min(_OTHERS, len(others)), replace=False)
    drawn_too = [photos[place] for place in np.sort(np.concatenate([asking, drawn]))]
    pixels, colour, known = _decoded(drawn_too, side, cache / f"real-{side}.npz")
    chosen = [photo for photo, good in zip(drawn_too, known, strict=True) if good]
    products = SameProduct.from_products([photo.product for photo in chosen])
    return RealTask(pixels, colour, products, np.array([in_half(chosen[place], half) for place in products.queries]))


def measure_run(run: Run, task: RealTask, *, weight: float | None = None) -> list[Score]:
    """The run's backbone at several shares of its tuning; `weight` of the colour is the recipe's unless given."""
    weight = run.recipe.colour_weight if weight is None else weight
    scores = []
    for tuned in SHARES:
        run.reader.backbone.load_state_dict(interpolated(run.start, run.tuned, tuned))
        pooled, texture = _looks(run, task.pixels)
        colour = torch.from_numpy(task.colour)
        rows = joined_features(pooled, colour, weight, texture=texture, texture_weight=run.recipe.texture_weight)
        ranks = task.products.ranks((rows[task.products.queries] @ rows.T).numpy())[task.counts]
        groups = task.products.product[task.products.queries][task.counts]
        first = share(ranks <= 1, groups)
        others = float((ranks <= 5).mean()), float((1 / ranks).mean())
        scores.append(Score(tuned, first.value, first.low, first.high, *others))
    return scores


def _looks(run: Run, pixels: NDArray[np.uint8]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pooled features and textures, these brought to one scale by the gallery itself."""
    with torch.inference_mode():
        parts = [pixels[start : start + _TOGETHER] for start in range(0, len(pixels), _TOGETHER)]
        looks = [(maps.pooled, texture_of(maps)) for maps in (run.reader.look(as_input(part)) for part in parts)]
        pooled, texture = (torch.cat(each) for each in zip(*looks, strict=True))
        return pooled, (texture - texture.mean(0)) / (texture.std(0) + 1e-5)


def _decoded(
    photos: Sequence[RealPhoto], side: int, path: Path
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.bool_]]:
    """Pixels and colours of those photos that are pictures, and which these are."""
    if path.exists():
        with np.load(path) as data:
            if len(data["known"]) == len(photos):
                return data["pixels"], data["colour"], data["known"]
    decoded = [_picture(photo.path, 2 * side) for photo in photos]
    pictures = [each for each in decoded if each is not None]
    pixels = np.stack([images.letterbox(each, side) for each in pictures])
    colour = np.stack([colour_histogram(each) for each in pictures]).astype(np.float32)
    known = np.array([each is not None for each in decoded])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, pixels=pixels, colour=colour, known=known)
    return pixels, colour, known


def _picture(path: Path, side: int) -> NDArray[np.uint8] | None:
    try:
        return images.decode(path.read_bytes(), shrink_to=side).pixels
    except ImageError:
        return None


def main() -> None:
    asked = _parser().parse_args()
    torch.set_num_threads(asked.threads)
    keep_memory()
    base = changed(replace(Recipe(), settle_epochs=0), asked.set)
    task = read_task(asked.real, side=base.export_side, half=asked.half, cache=asked.out)
    for trial in [parse_trial(text) for text in asked.trial] or [Trial("base", ())]:
        for seed in asked.seeds:
            recipe = replace(changed(base, trial.changes), seed=seed)
            out = asked.out / f"{re.sub('[^a-z0-9]+', '-', trial.name.lower()).strip('-')}-{seed}"
            scores = _scores(out, recipe, task, asked)
            for score in scores:
                _say(_line(f"{trial.name}, seed {seed}", score))


def _scores(out: Path, recipe: Recipe, task: RealTask, asked: argparse.Namespace) -> list[Score]:
    kept = out / f"real-{asked.half}.json"
    about: Mapping[str, object] = {"recipe": asdict(recipe)}
    if kept.exists():
        told = json.loads(kept.read_text(encoding="utf-8"))
        if told["recipe"] == json.loads(json.dumps(about["recipe"])):
            return [Score(**score) for score in told["scores"]]
    train_reader(asked.data, out, recipe, weights=asked.weights, workers=asked.workers, told=_say)
    scores = measure_run(read_run(out), task)
    kept.write_text(json.dumps({**about, "scores": [asdict(score) for score in scores]}, indent=1), encoding="utf-8")
    return scores


def _line(name: str, score: Score) -> str:
    return (
        f"{name:40} tuned {score.tuned:.2f}  R@1 {score.recall_at_1:.3f} [{score.low:.3f}, {score.high:.3f}]"
        f"  R@5 {score.recall_at_5:.3f}  MRR {score.reciprocal:.3f}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a rendered data set")
    parser.add_argument("--weights", type=Path, required=True, help="safetensors in the timm layout to start from")
    parser.add_argument("--real", type=Path, required=True, help="folder of real photos with a manifest")
    parser.add_argument("--out", type=Path, required=True, help="folder for the runs")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="fields of the base recipe")
    parser.add_argument("--try", dest="trial", action="append", default=[], metavar="NAME: FIELD=VALUE ...")
    parser.add_argument("--seeds", type=int, nargs="*", default=[0])
    parser.add_argument("--half", choices=HALVES, default="choose")
    parser.add_argument("--workers", type=int, default=1, help="processes that make photographs")
    parser.add_argument("--threads", type=int, default=1, help="threads that train")
    return parser


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
