"""How a data set lies on disk, and reading it back.

    dataset.json                 what all designs have in common: views, size, samples, depth
    designs/000/d000123.json     the spec, its attributes and one entry for each picture; written last
    pictures/000/d000123-0.webp  RGBA cut-out
    pictures/000/d000123-0.png   two channels: labels (instance * 16 + class), light left on the ground

A design whose JSON exists is complete, so a run that was stopped knows what to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from parure.errors import Conflict, NotFound
from parure.regions import PartClass
from parure.render.dataset.shoot import Shot
from parure.render.labels import INSTANCES
from parure.render.photograph import Cutout
from parure.render.spec import DesignSpec, attributes, write_spec

__all__ = [
    "Record",
    "Seen",
    "Taken",
    "agree_on",
    "design_path",
    "iter_records",
    "picture_path",
    "read_cutout",
    "read_labels",
    "read_records",
    "replace_file",
    "save_design",
    "save_shot",
]

WEBP_QUALITY = 90


@dataclass(frozen=True)
class Seen:
    """One instance on a picture: its box (x, y, width, height in pixels) and the pixels of each class it shows."""

    instance: int
    box: tuple[int, int, int, int]
    pixels: Mapping[str, int]


@dataclass(frozen=True)
class Taken:
    """One picture: its name without suffix, how it was set up (see `views.View`), and what is on it."""

    name: str
    worn: bool
    view: Mapping[str, Any]
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Record:
    """A design of a data set: `spec` as JSON, `attributes` by taxonomy id, stones by class, its pictures."""

    id: str
    family: str
    variant_of: str
    spec: str
    attributes: Mapping[str, str]
    stones: Mapping[str, int]
    pictures: tuple[Taken, ...]


def design_path(root: Path, design: str) -> Path:
    return root / "designs" / _shelf(design) / f"{design}.json"


def picture_path(root: Path, name: str, suffix: str) -> Path:
    return root / "pictures" / _shelf(name.rsplit("-", 1)[0]) / f"{name}{suffix}"


def _shelf(design: str) -> str:
    """A thousand designs a folder."""
    return design[-6:-3]


def save_shot(root: Path, spec: DesignSpec, shot: Shot) -> Taken:
    name = f"{spec.id}-{shot.number}"
    _write(picture_path(root, name, ".webp"), Image.fromarray(shot.pixels, "RGBA"), quality=WEBP_QUALITY, method=4)
    ground = Image.merge("LA", [Image.fromarray(shot.labels), Image.fromarray(shot.shadow)])
    _write(picture_path(root, name, ".png"), ground, optimize=False)
    return Taken(name, shot.worn, asdict(shot.view), seen_on(shot.labels))


def seen_on(labels: NDArray[np.uint8]) -> tuple[Seen, ...]:
    """The instances on a label picture (h, w)."""
    found = []
    for instance in sorted({int(value) // INSTANCES for value in np.unique(labels) if value % INSTANCES}):
        mine = (labels // INSTANCES == instance) & (labels % INSTANCES > 0)
        rows, columns = np.flatnonzero(mine.any(axis=1)), np.flatnonzero(mine.any(axis=0))
        box = (int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
        classes, counts = np.unique(labels[mine] % INSTANCES, return_counts=True)
        shares = {PartClass(int(k)).name.lower(): int(n) for k, n in zip(classes, counts, strict=True)}
        found.append(Seen(instance, box, shares))
    return tuple(found)


def save_design(root: Path, spec: DesignSpec, stones: Mapping[str, int], pictures: Sequence[Taken]) -> None:
    record = Record(spec.id, spec.family, spec.variant_of, write_spec(spec), attributes(spec), stones, tuple(pictures))
    replace_file(design_path(root, spec.id), json.dumps(asdict(record), separators=(",", ":")).encode())


def agree_on(root: Path, recipe: Mapping[str, object]) -> None:
    """Note what the folder's pictures have in common. Raises `Conflict` where it was begun with something else."""
    path = root / "dataset.json"
    if not path.exists():
        replace_file(path, json.dumps(recipe, indent=2).encode())
        return
    found = json.loads(path.read_bytes())
    if found != dict(recipe):
        begun = ", ".join(f"{name} {value}" for name, value in found.items())
        raise Conflict(f"{root} was begun with {begun}. Go on with these, or give another folder.")


def read_records(root: Path) -> list[Record]:
    """All complete designs, by id. Raises `NotFound` where there are none."""
    return list(iter_records(root))


def iter_records(root: Path) -> Iterator[Record]:
    """The same one by one, so that a large set needs little memory."""
    paths = sorted((root / "designs").glob("*/*.json"), key=lambda path: path.name)
    if not paths:
        raise NotFound(f"There are no finished designs in {root}. `parure render dataset` makes some.")
    for path in paths:
        yield _record(json.loads(path.read_bytes()))


def _record(raw: dict[str, Any]) -> Record:
    pictures = tuple(Taken(p["name"], p["worn"], p["view"], _seen(p["seen"])) for p in raw["pictures"])
    return Record(**{**raw, "pictures": pictures})


def _seen(raw: Iterable[Mapping[str, Any]]) -> tuple[Seen, ...]:
    return tuple(Seen(s["instance"], (s["box"][0], s["box"][1], s["box"][2], s["box"][3]), s["pixels"]) for s in raw)


def read_cutout(root: Path, name: str) -> Cutout:
    """A picture of the set, ready to be laid into a photograph."""
    with Image.open(picture_path(root, name, ".webp")) as image:
        pixels = np.asarray(image.convert("RGBA"))
    with Image.open(picture_path(root, name, ".png")) as image:
        labels, shadow = (np.asarray(channel) for channel in image.split())
    return Cutout(pixels, labels, shadow)


def read_labels(root: Path, name: str) -> NDArray[np.uint8]:
    """The label picture (h, w) alone."""
    with Image.open(picture_path(root, name, ".png")) as image:
        return np.asarray(image.getchannel("L"))


def _write(path: Path, picture: Image.Image, **options: Any) -> None:
    buffer = BytesIO()
    picture.save(buffer, path.suffix[1:].upper(), **options)
    replace_file(path, buffer.getvalue())


def replace_file(path: Path, data: bytes) -> None:
    """A file that exists is a whole file, whatever stopped the writer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)
