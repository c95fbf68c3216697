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
    rare: float = 0.5  # 0 draws classes as shops sell them, 1 draws all alike
    first_setup: int = 0
    setups: int = 16
    # Pool: scenes are kept on disk and used again, cut and mixed in another way each time.
    pool_first: int = 300  # there before the first step
    pool_growth: float = 1.5  # new ones for each step
    pool_most: int = 6000
    # What is done to a scene of the pool.
    mosaic: float = 0.35  # four scenes in one, so that pieces are small
    zoom: float = 0.5  # a part of a scene, or a scene smaller than the frame
    least_side: float = 5.0  # pixels; a smaller piece is not learned
    least_visible: float = 0.25  # share of a piece that must be left to be learned
    # Steps.
    batch: int = 8
    steps: int = 2000
    sides: tuple[int, ...] = (320, 416)  # of the square while training, drawn for each step
    plain_steps: int = 200  # the last ones: without mosaic, at the side of the product
    rate: float = 2e-4  # of the head
    new_rate: float = 8.0  # times that, of the layers that are drawn anew for our classes
    neck_rate: float = 0.5  # times that
    backbone_rate: float = 0.25  # times that
    weight_decay: float = 5e-4
    warm_up: int = 60
    frozen_backbone: int = 100  # first steps
    average: float = 0.998  # of the moving average of the weights
    largest_gradient: float = 20.0
    # Losses.
    box_weight: float = 5.0
    class_weight: float = 1.0

    def __post_init__(self) -> None:
        if any(side % 32 for side in self.sides):
            raise ModelError(f"Sides must be multiples of 32, not {self.sides}.")
        if self.screenshots + self.empty > 1:
            raise ModelError("The shares of screenshots and empty scenes must not add up to more than 1.")
        if not 1 <= self.pool_first <= self.pool_most:
            raise ModelError("The pool needs at least one scene before the first step, and room for it.")

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
        sides = tuple(raw.get("sides", DetectorRecipe.sides))
        return DetectorRecipe(**{**raw, "sides": sides})
    except OSError as error:
        raise ModelError(f"The recipe {path} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise ModelError(f"The recipe {path} cannot be used: {error}") from error
