"""Every choice of the text tower's training: what a run used is this, saved as JSON beside its weights."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from parure.errors import ModelError

__all__ = ["TextRecipe", "read_text_recipe", "write_text_recipe"]


@dataclass(frozen=True)
class TextRecipe:
    seed: int = 0
    # Tower.
    width: int = 128
    layers: int = 2
    heads: int = 4
    widening: int = 2  # of the layers' inside
    pools: int = 4  # weighted means of the words that are joined before the projection
    dimension: int = 512
    dropout: float = 0.1
    # Teacher: a direction for every claim.
    teacher_steps: int = 300
    teacher_rate: float = 3e-3
    teacher_decay: float = 0.03  # pull of the directions towards those of linear discriminants
    teacher_scale: float = 15.0  # of similarities
    # Steps.
    steps: int = 1500
    batch: int = 128  # designs, each with a caption and a twin
    rate: float = 2e-3
    weight_decay: float = 0.02
    warm_up: int = 100  # steps
    # Losses, relative to finding the picture of a caption.
    scale: float = 15.0  # of similarities
    teacher: float = 3.0  # weight of the difference between the tower's logits and the teacher's
    difference: float = 2.0  # weight of how a caption and its twin differ, beside how the teacher's do
    picture_to_text: float = 0.5
    twin: float = 0.5
    own_share: float = 0.2  # of the designs a caption is true of, how much its own one counts
    bound_share: float = 0.5  # of the twins, those that bind the same words otherwise
    imagined_share: float = 0.4  # of those, pairs of pieces nobody drew

    def __post_init__(self) -> None:
        if self.width % self.heads:
            raise ModelError(f"A width of {self.width} cannot be shared by {self.heads} heads.")


def write_text_recipe(recipe: TextRecipe, path: Path) -> None:
    path.write_text(json.dumps(asdict(recipe), indent=2) + "\n", encoding="utf-8")


def read_text_recipe(path: Path) -> TextRecipe:
    """What `write_text_recipe` wrote, or a few fields of it. Raises `ModelError`."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if unknown := sorted(set(raw) - {entry.name for entry in fields(TextRecipe)}):
            raise ValueError(f"it has no field called {', '.join(unknown)}.")
        return TextRecipe(**raw)
    except OSError as error:
        raise ModelError(f"The recipe {path} cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise ModelError(f"The recipe {path} cannot be used: {error}") from error
