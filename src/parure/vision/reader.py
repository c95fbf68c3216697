"""What a piece is: one network that reads a cropped piece in one pass.

Out of it come a vector to compare pieces by, what it believes of each attribute, which part of the piece each pixel
shows, and a vector for the setting and one for the stones.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure.images.resize import fit_size
from parure.regions import PartClass
from parure.vision.analysis import PART_VECTORS, Belief, Reading
from parure.vision.base import Pixels, Vectors, unit_rows
from parure.vision.calibration import softmax
from parure.vision.card import ImageInput
from parure.vision.colour import colour_histogram
from parure.vision.manifest import AttributeCard, ReaderCard
from parure.vision.onnx_runtime import open_session
from parure.vision.preprocess import network_input
from parure.vision.shapes import Expected, check_inputs, check_outputs, check_result

__all__ = [
    "MASK_SIDE",
    "PARTS_OF_VECTOR",
    "SCENE_WEIGHT",
    "Looked",
    "Reader",
    "believe",
    "lean",
    "part_mask",
]

PIXELS, COLOUR = "pixels", "colour"
MASK_SIDE = (
    144  # pixels of the longer side of a part mask: half of what the network sees, enough to draw and to measure
)
SCENIC = ("type",)  # attributes that show in what is about a piece: its pair, a neck, a wrist
SCENE_WEIGHT = 0.85  # of the whole photo beside the piece cut out of it, in what is believed of these
OTHERS, LEAST = 3, 0.01  # next best values told, and the probability from which they are worth telling

# What each of `PART_VECTORS` is of: the mount, and what it holds.
PARTS_OF_VECTOR: Mapping[str, tuple[PartClass, ...]] = {
    "setting": (PartClass.METAL, PartClass.SETTING),
    "stones": (PartClass.CENTRE_STONE, PartClass.SIDE_STONE, PartClass.PEARL),
}


Looked = Mapping[str, NDArray[np.float32]]
Floats = NDArray[np.float64]


class Reader:
    """Crops to readings. Safe to call from threads."""

    def __init__(self, card: ReaderCard, manifest: Path, *, threads: int = 0) -> None:
        self.card = card
        self._session = open_session(card.file.path, sha256=card.file.sha256, threads=threads)
        self._image = ImageInput(PIXELS, card.side, mean=(127.5,) * 3, std=(127.5,) * 3)
        self._outputs = _expected(card)
        check_inputs(self._session, (PIXELS, COLOUR), manifest)
        check_outputs(self._session, self._outputs, manifest)

    def read(
        self, crop: Pixels, *, scene: Looked | None = None, evidence: Mapping[str, Floats] = MappingProxyType({})
    ) -> Reading:
        """`look` and `tell` in one."""
        height, width = crop.shape[:2]
        return self.tell(self.look(crop), (width, height), scene=scene, evidence=evidence)

    def tell(
        self,
        looked: Looked,
        size: tuple[int, int],
        *,
        scene: Looked | None = None,
        evidence: Mapping[str, Floats] = MappingProxyType({}),
    ) -> Reading:
        """What is read on a crop of `size` (width, height); `SCENIC` attributes also on the photo it was cut from,
        where its `scene` is given, and with the `evidence` that others have of an attribute's values, see `lean`.
        """
        parts = part_mask(looked["parts"], *size)
        return Reading(
            embedding=self.vector(looked),
            beliefs=tuple(
                believe(lean(_logits(card.id, looked, scene), card, evidence.get(card.id)), card)
                for card in self.card.attributes
            ),
            parts=parts,
            vectors={
                name: _unit(looked[name])
                for name in PART_VECTORS
                if _share(parts, name) >= max(self.card.part_share, 1e-9)
            },
        )

    def vector(self, looked: Looked) -> Vectors:
        """(dimension,) of length 1."""
        return np.asarray(unit_rows(looked["embedding"][None], self.card.dimension)[0])

    def look(self, crop: Pixels) -> Looked:
        """Each output of the network by its name, without the batch axis. Raises `ModelError` for a result that is of
        another shape, not finite or without length."""
        inputs: dict[str, NDArray[Any]] = {
            PIXELS: network_input([crop], self._image),
            COLOUR: colour_histogram(crop)[None],
        }
        results = self._session.run_all([output.name for output in self._outputs], inputs)
        pairs = zip(self._outputs, results, strict=True)
        return {output.name: check_result(self._session, output, result)[0] for output, result in pairs}


def _expected(card: ReaderCard) -> tuple[Expected, ...]:
    grid = card.side // 8
    return (
        Expected("embedding", (None, card.dimension), "reader.dimension"),
        Expected("parts", (None, len(PartClass), grid, grid), "reader.side"),
        *(Expected(name, (None, None), "reader") for name in PART_VECTORS),
        *(
            Expected(f"attr_{one.id}", (None, len(one.values) + 1), f"reader.attributes[{place}].values")
            for place, one in enumerate(card.attributes)
        ),
    )


def _logits(attribute: str, crop: Looked, scene: Looked | None) -> NDArray[np.float32]:
    own = crop[f"attr_{attribute}"]
    if scene is None or attribute not in SCENIC:
        return own
    return np.asarray((1 - SCENE_WEIGHT) * own + SCENE_WEIGHT * scene[f"attr_{attribute}"])


def lean(logits: NDArray[np.float32], card: AttributeCard, evidence: Floats | None) -> NDArray[np.float32]:
    """(k + 1,) logits moved by what others know: (k,) logarithms of how likely each value makes it. All values together
    stay as likely as they were beside "cannot tell"."""
    if evidence is None:
        return logits
    values = logits[:-1] / card.temperature
    leaned = values + evidence
    leaned += np.logaddexp.reduce(values) - np.logaddexp.reduce(leaned)
    return np.append(leaned * card.temperature, logits[-1:]).astype(np.float32)


def believe(logits: NDArray[np.float32], card: AttributeCard) -> Belief:
    """(k + 1,) logits to a belief.

    Where the table moves the best answer's probability, the others share what is left in the same proportions, none
    above the best.
    """
    shares = softmax(logits, card.temperature)
    best = int(shares.argmax())
    told = float(card.calibration(shares[best]))
    left = (1 - told) / max(1 - float(shares[best]), 1e-9)
    names = (*card.values, "")
    ranked = [int(index) for index in np.argsort(-shares, kind="stable") if index not in (best, len(card.values))]
    others = [(names[index], min(told, float(shares[index]) * left)) for index in ranked[:OTHERS]]
    return Belief(card.id, names[best], told, tuple(other for other in others if other[1] >= LEAST))


def part_mask(logits: NDArray[np.float32], width: int, height: int) -> NDArray[np.uint8]:
    """(h, w) part classes over a crop of that size, from (9, s, s) logits over the square it was letterboxed into.

    Logits are enlarged, not classes, so that edges run between cells and not along them.
    """
    side = logits.shape[-1]
    wide, high = fit_size(width, height, side * 8)
    left, top = ((side * 8 - wide) // 2) / 8, ((side * 8 - high) // 2) / 8
    across, down = fit_size(width, height, MASK_SIDE)
    planes = _between(side, top, high / 8, down) @ logits @ _between(side, left, wide / 8, across).T
    return np.asarray(np.argmax(planes, axis=0), np.uint8)


def _between(cells: int, start: float, length: float, count: int) -> NDArray[np.float32]:
    """(count, cells): the share of each cell in `count` pixels that lie evenly on `length` cells from `start` on."""
    middles = start + (np.arange(count) + 0.5) * (length / count)
    shares = np.clip(1 - np.abs(np.arange(cells) + 0.5 - middles[:, None]), 0, None)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


def _share(parts: NDArray[np.uint8], name: str) -> float:
    """Of the piece's pixels, those that a vector is of; 0 where no piece is seen."""
    piece = np.count_nonzero(parts)
    return float(np.isin(parts, PARTS_OF_VECTOR[name]).sum() / piece) if piece else 0.0


def _unit(row: NDArray[np.float32]) -> Vectors:
    return np.asarray(unit_rows(row[None], len(row))[0])
