"""A set of models that see together, as one JSON file beside them: what each gives, how its numbers become
probabilities, and how a photo is cut before it is read.

Unusual: the version covers everything that changes an answer (all files by their sha256, and the manifest itself) and
nothing that does not: the fields `licence` and `about` are for people and may be mended without analysing a shop anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parure import taxonomy
from parure.errors import TaxonomyError
from parure.vision.calibration import AS_IT_IS, Calibration
from parure.vision.fields import Fields, read_described

__all__ = [
    "AttributeCard",
    "CropPolicy",
    "DetectorCard",
    "Manifest",
    "ModelFile",
    "ReaderCard",
    "read_manifest",
]

FOR_PEOPLE = ("about", "licence")
COARSEST_STRIDE = 32  # pixels of the detector's input per cell of its coarsest grid
MASK_STRIDE = 8  # pixels of the reader's input per cell of its part mask


@dataclass(frozen=True)
class ModelFile:
    path: Path  # absolute
    sha256: str


@dataclass(frozen=True)
class DetectorCard:
    """`classes` are wide types, in the order of the network's scores.

    A box counts from `threshold`, a calibrated score; of two that overlap by more than `overlap` (IoU) the better one
    is kept; at most `most` are.
    """

    file: ModelFile
    classes: tuple[str, ...]
    threshold: float
    side: int = 416
    overlap: float = 0.5
    most: int = 8
    calibration: Calibration = AS_IT_IS


@dataclass(frozen=True)
class AttributeCard:
    """The logits of `attr_<id>` stand for `values`, and one more at the end for "cannot tell".

    `calibration` turns the probability of the best answer, after `temperature`, into the one that is told.
    """

    id: str
    values: tuple[str, ...]
    temperature: float = 1.0
    calibration: Calibration = AS_IT_IS


@dataclass(frozen=True)
class ReaderCard:
    """A part is compared on its own where it covers at least `part_share` of the piece."""

    file: ModelFile
    side: int
    dimension: int
    attributes: tuple[AttributeCard, ...]
    part_share: float = 0.01


@dataclass(frozen=True)
class CropPolicy:
    """A piece whose box is under `min_share` of the photo's area is cut out before it is read, with `air` x the longer
    side of its box all around; otherwise the whole photo is read."""

    min_share: float
    air: float


@dataclass(frozen=True)
class Manifest:
    path: Path
    name: str
    version: str
    licence: str
    detector: DetectorCard
    reader: ReaderCard
    crop: CropPolicy
    words: ModelFile | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest; its model files are not opened. Raises `ModelError` naming the file and the field."""
    return read_described(path, "model manifest", lambda fields: _manifest(fields, path))


def _manifest(fields: Fields, path: Path) -> Manifest:
    fields.only("name", "detector", "reader", "words", "crop", *FOR_PEOPLE)
    folder, crop = path.parent.absolute(), fields.section("crop").only("min_share", "air")
    about = fields.section("about").raw if fields.has("about") else {}
    return Manifest(
        path=path,
        name=fields.text("name"),
        version=f"{fields.text('name')}-{_digest(fields.raw)[:8]}",
        licence=fields.text("licence"),
        detector=_detector(fields.section("detector"), folder),
        reader=_reader(fields.section("reader"), folder),
        crop=CropPolicy(crop.share("min_share"), crop.share("air")),
        words=_file(fields.section("words").only("file", "sha256"), folder) if fields.has("words") else None,
        about=about,
    )


def _digest(raw: Mapping[str, Any]) -> str:
    """Of what changes an answer, however it is laid out; the digests of the files are in it."""
    told = {key: value for key, value in raw.items() if key not in FOR_PEOPLE}
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _detector(fields: Fields, folder: Path) -> DetectorCard:
    fields.only("file", "sha256", "classes", "threshold", "side", "overlap", "most", "curve")
    classes = fields.texts("classes")
    _check_values("type", classes, f"{fields.within}classes")
    return DetectorCard(
        file=_file(fields, folder),
        classes=classes,
        threshold=fields.share("threshold"),
        side=fields.count("side", DetectorCard.side, step=COARSEST_STRIDE),
        overlap=fields.share("overlap", DetectorCard.overlap),
        most=fields.count("most", DetectorCard.most),
        calibration=_calibration(fields),
    )


def _reader(fields: Fields, folder: Path) -> ReaderCard:
    fields.only("file", "sha256", "side", "dimension", "attributes", "part_share")
    return ReaderCard(
        file=_file(fields, folder),
        side=fields.count("side", step=MASK_STRIDE),
        dimension=fields.count("dimension"),
        attributes=_attributes(fields),
        part_share=fields.share("part_share", ReaderCard.part_share),
    )


def _attributes(fields: Fields) -> tuple[AttributeCard, ...]:
    cards = tuple(_attribute(section) for section in fields.sections("attributes"))
    ids = [card.id for card in cards]
    if len(set(ids)) != len(ids):
        raise ValueError(f"{fields.within}attributes names an attribute twice: {', '.join(ids)}")
    return cards


def _attribute(fields: Fields) -> AttributeCard:
    fields.only("attribute", "values", "temperature", "curve")
    id, values = fields.text("attribute"), fields.texts("values")
    _check_values(id, values, f"{fields.within}values")
    return AttributeCard(id, values, fields.positive("temperature", 1.0), _calibration(fields))


def _file(fields: Fields, folder: Path) -> ModelFile:
    return ModelFile(folder / fields.text("file"), fields.digest("sha256"))


def _calibration(fields: Fields) -> Calibration:
    if not fields.has("curve"):
        return AS_IT_IS
    curve = fields.section("curve").only("said", "true")
    said, true = curve.numbers("said"), curve.numbers("true")
    try:
        return Calibration(said, true)
    except ValueError as error:
        raise ValueError(f"{fields.within}curve: {error}") from error


def _check_values(attribute: str, values: tuple[str, ...], where: str) -> None:
    """Every value must be in the vocabulary, or what is seen could not be stored or searched."""
    words = taxonomy.load()
    try:
        for value in values:
            words.value(attribute, value)
    except TaxonomyError as error:
        raise ValueError(f"{where}: {error}") from error
