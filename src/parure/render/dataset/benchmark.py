"""The Parure benchmark: designs that no model is trained on, each in a shop's picture and in a stranger's photograph.

    photos/b000123-shop.webp      the gallery: on white, as a shop shows it
    photos/b000123-found.webp     the queries: another view of it, photographed anywhere, or on a phone's screen
    gallery.jsonl, queries.jsonl  one line a photo: file, product_id; queries say of what kind and where the piece is
    manifest.jsonl                both, as `parure evaluate retrieval` reads them

Unusual: it is not shipped but made again, so it must prove to be the same. What was drawn (specs, views) must agree to
the letter; pixels differ a little from renderer to renderer, so some pictures are compared with a tolerance instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from parure.render.dataset.run import Plan
from parure.render.dataset.shoot import view_of
from parure.render.dataset.store import Record, Taken, design_path, iter_records, read_cutout, replace_file
from parure.render.photograph import Cutout, photograph, screenshot
from parure.render.picture import on_paper
from parure.render.spec import DesignSpec, draw_design, stream, write_spec
from parure.render.tracer import Quality

__all__ = ["DESIGNS", "Standard", "benchmark_plan", "differences", "read_standard", "renew_standard", "write_photos"]

DESIGNS, VIEWS, BLOCK, COMPARED = 1000, 2, 25, 12
PREFIX = "b"
_SCREEN_EVERY = 6  # one query in so many is a phone's screen
_TILE = 8  # pixels a side of what is compared of a picture
_LEVELS, _WORST = 4.0, 40  # of 255: how far a tile may be off on average, and anywhere
_STANDARD = "benchmark.json"


@dataclass(frozen=True)
class Compared:
    """What is known of one picture: its tile (8 x 8 RGB on grey, as hexadecimal), the pixels of each class."""

    name: str
    tile: str
    parts: dict[str, int]


@dataclass(frozen=True)
class Standard:
    """`blocks`: the hash of what was drawn for each 25 designs, in order."""

    blocks: tuple[str, ...]
    pictures: tuple[Compared, ...]


def benchmark_plan(root: Path, count: int = DESIGNS) -> Plan:
    return Plan(root, count, prefix=PREFIX, views=VIEWS, quality=Quality(256, 16, 12))


def write_photos(root: Path, progress: Callable[[int], None]) -> int:
    """Photographs and lists from the designs in the folder; photos that exist are kept. Gives the number of designs."""
    gallery, queries = [], []
    for done, record in enumerate(iter_records(root), 1):
        gallery.append(_shop_photo(root, record))
        queries.append(_found_photo(root, record))
        progress(done)
    lines = {
        "gallery.jsonl": gallery,
        "queries.jsonl": queries,
        "manifest.jsonl": [{key: row[key] for key in ("file", "product_id")} for row in (*gallery, *queries)],
    }
    for name, rows in lines.items():
        replace_file(root / name, "".join(json.dumps(row) + "\n" for row in rows).encode())
    return len(gallery)


def _shop_photo(root: Path, record: Record) -> dict[str, object]:
    path = root / "photos" / f"{record.id}-shop.webp"
    if not path.exists():
        _save(path, _on_white(read_cutout(root, record.pictures[0].name)))
    return {"file": f"photos/{path.name}", "product_id": record.id, "attributes": dict(record.attributes)}


def _found_photo(root: Path, record: Record) -> dict[str, object]:
    """Composed again even where the file exists, because the list tells where the piece is."""
    random = stream(f"{record.id}-found")
    path = root / "photos" / f"{record.id}-found.webp"
    scene = photograph([read_cutout(root, record.pictures[1].name)], random)
    kind, pixels, boxes = "photograph", scene.pixels, [piece.box for piece in scene.pieces]
    if int(record.id[-6:]) % _SCREEN_EVERY == 0:
        screen = screenshot(scene, [], random)
        kind, pixels, boxes = "screenshot", screen.pixels, [piece.box for piece in screen.main.pieces]
    if not path.exists():
        _save(path, Image.fromarray(pixels))
    return {
        "file": f"photos/{path.name}",
        "product_id": record.id,
        "kind": kind,
        "boxes": [[round(value, 4) for value in asdict(box).values()] for box in boxes],
    }


def _on_white(cutout: Cutout) -> Image.Image:
    return on_paper(cutout.pixels, cutout.shadow, np.ones(3))


def _save(path: Path, picture: Image.Image) -> None:
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=90, method=4)
    replace_file(path, buffer.getvalue())


def read_standard() -> Standard:
    raw = json.loads((files("parure.render.dataset") / _STANDARD).read_text())
    return Standard(tuple(raw["blocks"]), tuple(Compared(**each) for each in raw["pictures"]))


def renew_standard(root: Path) -> Path:
    """Set the standard anew: hashes of all designs as drawn now, tiles of the first pictures of the folder.

    For a release that changes the designs on purpose. Gives the path of the file, which belongs to the sources.
    """
    lines = [_line(draw_design(number, prefix=PREFIX)) for number in range(DESIGNS)]
    blocks = tuple(_hash(lines[start : start + BLOCK]) for start in range(0, DESIGNS, BLOCK))
    pictures = tuple(_compared(root, record.pictures[0]) for record in islice(iter_records(root), COMPARED))
    path = Path(__file__).with_name(_STANDARD)
    replace_file(path, json.dumps(asdict(Standard(blocks, pictures)), indent=1).encode())
    return path


def differences(root: Path, standard: Standard, *, count: int = DESIGNS) -> list[str]:
    """What is missing from the first `count` designs of the folder or differs from the standard; empty if nothing."""
    names = [f"{PREFIX}{number:06d}" for number in range(count)]
    missing = [name for name in names if not design_path(root, name).exists()]
    if missing:
        return [f"{len(missing)} of {count} designs are missing, the first is {missing[0]}."]
    records = list(islice(iter_records(root), count))
    return [*_drawn_otherwise(records, standard), *_look_otherwise(root, records, standard), *_unlisted(root, names)]


def _drawn_otherwise(records: Sequence[Record], standard: Standard) -> Iterator[str]:
    for number, expected in enumerate(standard.blocks[: len(records) // BLOCK]):
        block = records[number * BLOCK : (number + 1) * BLOCK]
        if _hash([_line_of(record) for record in block]) != expected:
            yield f"Designs {block[0].id} to {block[-1].id} were drawn otherwise."


def _look_otherwise(root: Path, records: Sequence[Record], standard: Standard) -> Iterator[str]:
    known = {taken.name: taken for record in records for taken in record.pictures}
    for expected in standard.pictures:
        if expected.name in known:
            found = _compared(root, known[expected.name])
            yield from (f"{expected.name}: {fault}" for fault in _faults(found, expected))


def _faults(found: Compared, expected: Compared) -> Iterator[str]:
    ours, theirs = (np.frombuffer(bytes.fromhex(each.tile), np.uint8).astype(int) for each in (found, expected))
    off = np.abs(ours - theirs)
    if off.mean() > _LEVELS or off.max() > _WORST:
        yield f"the picture is off by {off.mean():.1f} levels on average, {off.max()} at worst."
    for part in sorted(found.parts.keys() | expected.parts.keys()):
        seen, wanted = found.parts.get(part, 0), expected.parts.get(part, 0)
        if abs(seen - wanted) > max(40, 0.03 * wanted):
            yield f"{seen} pixels show {part}, not {wanted}."


def _unlisted(root: Path, names: Sequence[str]) -> Iterator[str]:
    for file, ending in (("gallery.jsonl", "shop"), ("queries.jsonl", "found")):
        path = root / file
        listed = {json.loads(line)["file"] for line in path.read_text().splitlines()} if path.exists() else set()
        for name in names:
            photo = f"photos/{name}-{ending}.webp"
            if photo not in listed or not (root / photo).exists():
                yield f"{photo} is missing, or {file} does not list it. Run `parure render benchmark` again."
                break


def _line(spec: DesignSpec) -> str:
    """Spec and set-up of the views, as drawn. Angles are left out: a body chooses its own, by its geometry."""
    views = [view_of(spec, number) for number in range(VIEWS)]
    return write_spec(spec) + json.dumps([[v.seed, v.margin, v.field, v.paper] for v in views])


def _line_of(record: Record) -> str:
    """The same from what was stored."""
    views = [taken.view for taken in record.pictures]
    return record.spec + json.dumps([[v["seed"], v["margin"], v["field"], v["paper"]] for v in views])


def _hash(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _compared(root: Path, taken: Taken) -> Compared:
    cutout = read_cutout(root, taken.name)
    flat = Image.new("RGB", cutout.labels.shape[::-1], (128, 128, 128))
    picture = Image.fromarray(cutout.pixels)
    flat.paste(picture.convert("RGB"), (0, 0), picture.getchannel("A"))
    tile = np.asarray(flat.resize((_TILE, _TILE), Image.Resampling.BOX))
    parts: dict[str, int] = {}
    for seen in taken.seen:
        for part, pixels in seen.pixels.items():
            parts[part] = parts.get(part, 0) + pixels
    return Compared(taken.name, tile.tobytes().hex(), parts)
