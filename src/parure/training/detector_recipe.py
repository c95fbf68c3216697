"""Every choice of a detector's training in one dataclass, saved as JSON beside the weights it led to."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from parure.errors import ModelError
from parure.render.families.table import TYPE_SHARES

__all__ = ["CLASSES", "SIDE", "DetectorRecipe", "read_detector_recipe", "write_detector_recipe"]

CLASSES = tuple(TYPE_SHARES)  # wide types, in the order of the network's scores
SIDE = 416  # pixels of the square that the product shows to the network


@dataclass(frozen=True)
class DetectorRecipe:
    """Shares and chances are in 0..1; of the kinds of scene, what the three shares leave is photographs."""

    seed: int = 0
    # Scenes.
    screenshots: float = 0.14
    empty: float = 0.06  # grounds and things, and no piece
    worn: float = 0.30  # on a body or a stand
    far: float = 0.15  # a whole hand, ear or neck, where there are such pictures
    bare: float = 0.35  # of those, without a piece
    rare: float = 0.5  # 0 draws classes as shops sell them, 1 draws all alike
    first_setup: int = 0
    setups: int = 16
    # Pool: scenes are kept on disk and used again, cut and mixed in another way each time.
    pool_first: int = 300  # there before the first step
    pool_growth: float = 1.5  # new ones for each step
    pool_most: int = 8000
    # What is done to a scene of the pool.
    mosaic: float = 0.35  # four scenes in one, so that pieces are small
    zoom: float = 0.5  # a part of a scene, or a scene smaller than the frame
    focus: float = 0.75  # while pictures are small: a piece with a little around it
    least_side: float = 5.0  # pixels; a smaller piece is not learned
    least_visible: float = 0.25  # share of a piece that must be left to be learned
    # Steps.
    batch: int = 12
    steps: int = 8000  # house-v1 had as many in stages, by several recipes
    small_steps: int = 600  # the first ones: small pictures of one piece, where types are learned ten times as fast
    small_sides: tuple[int, ...] = (128, 160, 192)
    small_batch: int = 24
    sides: tuple[int, ...] = (320, 416)  # of the square afterwards, drawn for each step
    plain_steps: int = 300  # the last ones: without mosaic, at the side of the product
    rate: float = 1e-3  # of the head
    new_classes: bool = True  # the layers that tell classes begin anew
    new_rate: float = 4.0  # times `rate`, for those
    neck_rate: float = 1.0  # times `rate`
    backbone_rate: float = 0.7  # times `rate`
    weight_decay: float = 5e-4
    warm_up: int = 60
    frozen_backbone: int = 0  # first steps
    average: float = 0.998  # of the moving average of the weights
    largest_gradient: float = 35.0  # of backbone, neck and head each
    # Losses.
    box_weight: float = 5.0
    class_weight: float = 0.5  # types are the reader's: classes only help to find

    def __post_init__(self) -> None:
        if any(side % 32 for side in (*self.sides, *self.small_sides)):
            raise ModelError(f"Sides must be multiples of 32, not {self.small_sides} and {self.sides}.")
        if self.screenshots + self.empty + self.far > 1:
            raise ModelError("The shares of screenshots, empty scenes and bodies must not add up to more than 1.")
        if not 1 <= self.pool_first <= self.pool_most:
            raise ModelError("The pool needs at least one scene before the first step, and room for it.")

    def small(self, step: int) -> bool:
        return step < self.small_steps

    def plain(self, step: int) -> bool:
        return step >= self.steps - self.plain_steps

    def pool_size(self, step: int) -> int:
        """How many scenes step `step` draws from: fixed by its number, so that a run can be repeated."""
        return min(self.pool_most, self.pool_first + int(step * self.pool_growth))


def write_detector_recipe(recipe: DetectorRecipe, path: Path) -> None:
    path.write_text(json.dumps(asdict(recipe), indent=2) + "\n", encoding="utf-8")


def read_detector_recipe(path: Path) -> DetectorRecipe:
    """What was written, or a few fields of it: the others keep their defaults. Raises `ModelError`."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if unknown := sorted(set(raw) - {entry.name for entry in fields(DetectorRecipe)}):
            raise ValueError(f"it has no field called {', '.join(unknown)}.")
        sides = {name: tuple(raw[name]) for name in ("sides", "small_sides") if name in raw}
        return DetectorRecipe(**{**raw, **sides})
    except OSError as error:
        raise ModelError(f"The recipe {path} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise ModelError(f"The recipe {path} cannot be used: {error}") from error
