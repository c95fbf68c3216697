"""Every choice of a reader's training in one dataclass: what a run used is this, saved as JSON beside its weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from parure.errors import ModelError
from parure.render.photograph import Style

__all__ = ["Recipe", "read_recipe", "write_recipe"]

Pooling = Literal["mean", "gem"]
Contrast = Literal["supervised", "triplet"]


@dataclass(frozen=True)
class Recipe:
    """Shares and chances are in 0..1; weights of losses are relative to each other."""

    seed: int = 0
    # Data.
    designs: float = 1.0  # share of the designs that is learned from; a smaller share is part of a larger one
    held_out: float = 0.08  # share that is never learned from, each with its recoloured variants
    least_designs: int = 12  # a value shown by fewer designs is not learned
    # Pictures.
    side: int = 192  # pixels while training; the network is exported for `export_side`
    export_side: int = 288
    scene: int = 224  # pixels of a photograph before it is cut; cut-outs have 256
    whole: float = 0.35  # chance that the photograph is read whole, not cut to the piece
    cut: float = 0.12  # chance that the cut goes through the piece
    occluded: float = 0.12  # chance that something covers the stones or the chain
    company: float = 0.10  # chance that other pieces lie beside it
    shared_setups: bool = True  # groups of designs in a batch share grounds: the ground says nothing about the design
    style: Style = field(default_factory=Style)
    # Batches.
    designs_per_batch: int = 32
    photos_per_design: int = 2
    variants_together: bool = True  # a design and its recoloured variants meet in one batch: hard negatives
    type_blocks: int = 4  # designs of so many batches are sorted by type, so that alike ones meet; 0 for chance
    # Network.
    pooling: Pooling = "mean"
    tuned_stages: int = 4  # of seven, counted from the end; 7 tunes the stem too, 0 tunes nothing
    colour_weight: float = 0.7  # of the colour's similarity beside the network's; 0 leaves colour out
    texture_weight: float = 0.5  # of the similarity of textures beside the network's, in what is exported
    parts_weight: float = 0.6  # of the similarity of mounts and of stones beside it, in what is exported
    hidden: int = 320  # width of what the attribute heads share
    dropout: float = 0.1  # of what they share
    # Losses.
    contrast: Contrast = "supervised"
    contrast_weight: float = 1.0
    contrast_colour: bool = True  # whether colours count in the similarities that are trained
    temperature: float = 0.07  # of the supervised contrast; the margin of the triplets
    attribute_weight: float = 0.3
    smoothing: float = 0.05
    part_weight: float = 0.5
    distillation: float = 0.0  # pull of the pooled features towards those of the untuned network
    # Steps.
    epochs: int = 6
    twice: bool = False  # each batch is learned from again some steps later, mirrored (data echoing, Choi et al. 2019)
    bfloat16: bool = False  # the backbone computes in bfloat16 while it is tuned; half the time where processors can
    settle_epochs: int = 2  # photographs for the heads to settle on the interpolated backbone, at `export_side`
    settle_passes: int = 6  # how often each of these is learned from
    rate: float = 2e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: int = 60  # steps
    interpolation: float = 0.75  # 0 is the untuned backbone, 1 the tuned one

    def __post_init__(self) -> None:
        if self.side % 32 or self.export_side % 32:
            raise ModelError(f"Sides must be multiples of 32, not {self.side} and {self.export_side}.")
        if not 0 <= self.tuned_stages <= 7:
            raise ModelError(f"tuned_stages is {self.tuned_stages}; the network has 0 to 7.")
        if self.photos_per_design < 2 or self.designs_per_batch < 2:
            raise ModelError("A batch needs two designs and two photographs of each to compare.")
        for name, allowed in (("pooling", get_args(Pooling)), ("contrast", get_args(Contrast))):
            if getattr(self, name) not in allowed:
                raise ModelError(f"{name} is {getattr(self, name)!r}, it can be {', '.join(allowed)}.")


def write_recipe(recipe: Recipe, path: Path) -> None:
    path.write_text(json.dumps(asdict(recipe), indent=2) + "\n", encoding="utf-8")


def read_recipe(path: Path) -> Recipe:
    """What `write_recipe` wrote, or a few fields of it: the others keep their defaults. Raises `ModelError`."""
    try:
        return _recipe(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelError(f"The recipe {path} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise ModelError(f"The recipe {path} cannot be used: {error}") from error


def _recipe(raw: Mapping[str, Any]) -> Recipe:
    known = {entry.name for entry in fields(Recipe)}
    if unknown := sorted(set(raw) - known):
        raise ValueError(f"it has no field called {', '.join(unknown)}.")
    style = Style(**raw["style"]) if "style" in raw else Style()
    return Recipe(**{**raw, "style": style})
