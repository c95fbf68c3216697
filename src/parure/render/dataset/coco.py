"""`coco.json`: boxes and masks in the format that detection tools read.

Each instance is an annotation in the category of its wide type; each class of part it shows is one more, in a category
of the family "part", with `part_of` naming the annotation of its piece. Masks are run lengths in COCO's own letters.
Unusual: images and annotations are written to two files while the set is read once, and joined at the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from parure.regions import PartClass
from parure.render.dataset.store import Record, Taken, iter_records, read_labels
from parure.render.families.table import TYPE_SHARES, wide_type
from parure.render.labels import INSTANCES

__all__ = ["CATEGORIES", "Category", "decode_mask", "encode_mask", "write_coco"]

Mask = NDArray[np.bool_]

_PART_IDS = 100  # a part's category is this and its class


@dataclass(frozen=True)
class Category:
    id: int
    name: str
    supercategory: str


CATEGORIES = (
    *(Category(k, name, "jewellery") for k, name in enumerate(TYPE_SHARES, 1)),
    *(Category(_PART_IDS + part, part.name.lower(), "part") for part in PartClass if part),
)
_TYPE_IDS = {category.name: category.id for category in CATEGORIES if category.supercategory == "jewellery"}


def write_coco(root: Path, progress: Callable[[int], None]) -> None:
    """Write `coco.json` of all complete designs; `progress` gets the number of designs done."""
    whole, rest = root / "coco.json.part", root / "coco.annotations.part"
    with whole.open("w", encoding="utf-8") as images, rest.open("w+", encoding="utf-8") as annotations:
        images.write('{"info": ' + json.dumps({"description": "Drawn jewellery", "contributor": "Parure"}))
        images.write(', "categories": ' + json.dumps([vars(category) for category in CATEGORIES]) + ', "images": [')
        _write_rows(root, images, annotations, progress)
        images.write('\n], "annotations": [')
        annotations.seek(0)
        copyfileobj(annotations, images)
        images.write("\n]}\n")
    whole.replace(root / "coco.json")
    rest.unlink()


def _write_rows(root: Path, images: TextIO, annotations: TextIO, progress: Callable[[int], None]) -> None:
    image_id = annotation_id = 0
    for done, record in enumerate(iter_records(root), 1):
        for taken in record.pictures:
            image_id += 1
            labels = read_labels(root, taken.name)
            _append(images, _image(record, taken, image_id, labels), first=image_id == 1)
            for row in _annotations(record, labels, image_id, annotation_id):
                _append(annotations, row, first=annotation_id == 0)
                annotation_id += 1
        progress(done)


def _append(file: TextIO, row: dict[str, Any], *, first: bool) -> None:
    file.write(("\n" if first else ",\n") + json.dumps(row, separators=(",", ":")))


def _image(record: Record, taken: Taken, image_id: int, labels: NDArray[np.uint8]) -> dict[str, Any]:
    height, width = labels.shape
    shelf = record.id[-6:-3]
    return {
        "id": image_id,
        "file_name": f"pictures/{shelf}/{taken.name}.webp",
        "width": width,
        "height": height,
        "design": record.id,
        "worn": taken.worn,
    }


def _annotations(record: Record, labels: NDArray[np.uint8], image_id: int, before: int) -> Iterator[dict[str, Any]]:
    """Each piece, then its parts; ids go on from `before`."""
    kind = _TYPE_IDS[wide_type(record.attributes["type"])]
    number, part_class = labels // INSTANCES, labels % INSTANCES
    next_id = before + 1
    for instance in np.unique(number[part_class > 0]):
        mine = (number == instance) & (part_class > 0)
        piece_id = next_id
        yield _annotation(piece_id, image_id, kind, mine) | {"attributes": dict(record.attributes)}
        for part in np.unique(part_class[mine]):
            next_id += 1
            shown = mine & (part_class == part)
            yield _annotation(next_id, image_id, _PART_IDS + int(part), shown) | {"part_of": piece_id}
        next_id += 1


def _annotation(annotation_id: int, image_id: int, category: int, mask: Mask) -> dict[str, Any]:
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = [int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1]
    return {
        "id": annotation_id,
        "image_id": image_id,
        "category_id": category,
        "bbox": box,
        "area": int(mask.sum()),
        "iscrowd": 0,
        "segmentation": {"size": list(mask.shape), "counts": encode_mask(mask)},
    }


def encode_mask(mask: Mask) -> str:
    """COCO's compressed run lengths: column by column, starting with a run of nothing (perhaps of length 0).

    From the fourth run on each is told as its difference from the one two before. Numbers are cut into groups of five
    bits, lowest first, with a sixth bit for "more follows", and each group is a letter from "0" on.
    """
    flat = mask.T.ravel()
    edges = np.flatnonzero(np.diff(flat.astype(np.int8))) + 1
    starts = np.concatenate([[0], edges] if not flat[0] else [[0, 0], edges])
    runs = np.diff(np.append(starts, flat.size)).tolist()
    told = [run if k < 3 else run - runs[k - 2] for k, run in enumerate(runs)]
    return "".join(map(_letters, told))


def _letters(value: int) -> str:
    found = ""
    while True:
        group, value = value & 31, value >> 5
        more = value != (-1 if group & 16 else 0)  # the sign is the highest bit of the last group
        found += chr(48 + group + 32 * more)
        if not more:
            return found


def decode_mask(counts: str, size: tuple[int, int]) -> Mask:
    """The mask (h, w) that `encode_mask`, or another program, wrote."""
    runs: list[int] = []
    value = shift = 0
    for letter in counts:
        code = ord(letter) - 48
        value |= (code & 31) << shift
        shift += 5
        if code & 32:
            continue
        value -= (1 << shift) if code & 16 else 0
        runs.append(value + runs[-2] if len(runs) > 2 else value)
        value = shift = 0
    flat = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
    return flat.reshape(size[1], size[0]).T
