"""The pictures of a data set as a frozen encoder sees them, computed once and kept, with what is told of each design.

A bank is a folder with `vectors.npz` and `told.jsonl`. Designs that were rendered since are added; others stay.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError, ParureError
from parure.registry import resolve
from parure.render.captions.facts import Told, tell
from parure.render.dataset.store import Record, read_cutout, read_records
from parure.render.photograph import Style, photograph
from parure.vision.base import Pixels, Vectors, unit_rows
from parure.vision.card import ImageInput
from parure.vision.colour import colour_histogram
from parure.vision.onnx_runtime import open_session
from parure.vision.preprocess import network_input

__all__ = ["Bank", "Encode", "find_encoder", "grow_bank", "read_bank"]

Encode = Callable[[Sequence[Pixels]], Vectors]  # pictures -> rows of length 1

_SIDE = 288
_GROUNDS = {"white": 6.0, "grey": 1.0, "paper": 1.5}
# The first picture of a design is plain, the others are as shops show it, the piece whole and by itself.
_PLAIN = Style.only("contact_shadow", grounds=_GROUNDS)
_SHOP = Style().without("close_up", "small", "cut_by_edge", "turn_far", "several", "collage", "text", "watermark")
_SAVE_EVERY = 200  # designs


@dataclass(frozen=True, eq=False)
class Bank:
    """`vectors` (n, v, d): v pictures of each design, a design with fewer repeats its own."""

    told: tuple[Told, ...]
    vectors: NDArray[np.float32]

    def chosen(self, positions: Sequence[int]) -> Bank:
        return Bank(tuple(self.told[at] for at in positions), self.vectors[list(positions)])

    def with_more(self, other: Bank) -> Bank:
        return Bank(self.told + other.told, np.concatenate([self.vectors, other.vectors]))

    def parted(self, ids: Container[str]) -> tuple[Bank, Bank]:
        """The designs that are not among `ids`, and those that are."""
        inside = [at for at, told in enumerate(self.told) if told.id in ids]
        return self.chosen([at for at in range(len(self.told)) if at not in set(inside)]), self.chosen(inside)


def find_encoder(name: str, *, side: int = _SIDE) -> Encode:
    """An encoder of the registry by its name, or a reader by the path of its `.onnx` and the side it looks at."""
    if not name.endswith(".onnx"):
        encode: Encode = resolve("encoder", name)(threads=1).encode_images
        return encode
    session, image = (
        open_session(Path(name), threads=1),
        ImageInput("pixels", side, mean=(127.5,) * 3, std=(127.5,) * 3),
    )

    def read(pictures: Sequence[Pixels]) -> Vectors:
        inputs = {"pixels": network_input(pictures, image), "colour": np.stack([colour_histogram(p) for p in pictures])}
        rows = session.run("embedding", inputs)
        return unit_rows(rows, rows.shape[1])

    return read


def grow_bank(folder: Path, roots: Sequence[Path], encode: Encode, *, views: int, said: Callable[[str], None]) -> Bank:
    """The bank of all designs that lie in `roots` now, made from what `folder` holds and what is missing there."""
    folder.mkdir(parents=True, exist_ok=True)
    bank = read_bank(folder) if (folder / "vectors.npz").exists() else None
    known = {told.id for told in bank.told} if bank else set()
    found = [(root, record) for root in roots for record in read_records(root)]
    missing = [(root, record) for root, record in found if record.id not in known and record.pictures]
    for start in range(0, len(missing), _SAVE_EVERY):
        told, rows = _described(missing[start : start + _SAVE_EVERY], encode, views=views)
        if told:
            bank = Bank(bank.told + told, np.concatenate([bank.vectors, rows])) if bank else Bank(told, rows)
            _write_bank(folder, bank)
        many = len(bank.told) if bank else 0
        said(f"{folder.name}: {many} designs described, {max(0, len(missing) - start - _SAVE_EVERY)} to go")
    if bank is None:
        raise ModelError(f"{', '.join(map(str, roots))} holds no design with a picture. Render some first.")
    return bank


def read_bank(folder: Path) -> Bank:
    """Raises `ModelError` for a folder without a bank."""
    try:
        lines = (folder / "told.jsonl").read_text(encoding="utf-8").splitlines()
        with np.load(folder / "vectors.npz") as arrays:
            vectors = np.asarray(arrays["vectors"], np.float32)
    except OSError as error:
        raise ModelError(f"{folder} holds no bank of pictures: {error}.") from error
    return Bank(tuple(_told(json.loads(line)) for line in lines), vectors)


def _described(
    records: Sequence[tuple[Path, Record]], encode: Encode, *, views: int
) -> tuple[tuple[Told, ...], NDArray[np.float32]]:
    """A design that cannot be built any more (its family has changed since) is left out."""
    told, rows = [], []
    for root, record in records:
        try:
            found = tell(record)
            pictures = [_picture(root, record, number) for number in range(views)]
        except ParureError:
            continue
        told.append(found)
        rows.append(np.concatenate([encode([picture]) for picture in pictures]))
    return tuple(told), np.stack(rows) if rows else np.zeros((0, views, 0), np.float32)


def _picture(root: Path, record: Record, number: int) -> Pixels:
    """Pictures on a body only where there are no others."""
    plain = [taken.name for taken in record.pictures if not taken.worn] or [taken.name for taken in record.pictures]
    random = np.random.default_rng([crc32(record.id.encode()), number])
    return photograph(
        [read_cutout(root, plain[number % len(plain)])], random, size=_SIDE, style=_SHOP if number else _PLAIN
    ).pixels


def _write_bank(folder: Path, bank: Bank) -> None:
    lines = [json.dumps(_plain(told), separators=(",", ":")) for told in bank.told]
    (folder / "told.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    part = folder / "vectors.part.npz"
    np.savez(part, vectors=bank.vectors.astype(np.float16))
    part.replace(folder / "vectors.npz")


def _plain(told: Told) -> Mapping[str, Any]:
    sets = {name: sorted(map(list, getattr(told, name))) for name in ("true", "alike")}
    return {"id": told.id, "variant_of": told.variant_of, "stated": dict(told.stated), **sets}


def _told(raw: Mapping[str, Any]) -> Told:
    stated = {subject: tuple(values) for subject, values in raw["stated"].items()}
    true, alike = (frozenset((subject, value) for subject, value in raw[name]) for name in ("true", "alike"))
    return Told(raw["id"], raw["variant_of"], stated, true, alike)
