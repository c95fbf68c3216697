"""The search for one picture in many files, beside a look at all pairs.

The archive holds photos and, of every tenth, a smaller copy. The peer compares pairs drawn at random in the same way,
with everything that belongs to one picture worked out before; what all pairs would take is computed from that. So the
ratio tells what finding candidates saves, and grows with the number of photos.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from parure import images, sample
from parure.curate.duplicates import Tier, find_duplicates
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.duplicates_prints import fingerprints_of
from parure.curate.same_picture import compare, look_at
from parure.curate.values import Measures, Scanned
from parure.intake.found import PHOTO_SUFFIXES
from report import machine, print_json

SIDE = 384
PAIRS = 300


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="folder", type=Path, help="a folder of photos (default: the sample shop's)")
    parser.add_argument("--photos", type=int, default=4000, help="at most so many of them")
    parser.add_argument("--quick", action="store_true", help="a few photos, to see that it runs")


def run(chosen: argparse.Namespace) -> None:
    folder = chosen.folder or sample.shop_path() / "photos"
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES)
    random.Random(1).shuffle(files)
    archive = read(files[: 20 if chosen.quick else chosen.photos])
    photos = [scanned(name, data) for name, data in archive.items()]
    copies = sum(name.startswith("copy/") for name in archive)
    cores = machine()["cores"]
    memory = SearchMemory()
    seconds = {"1 thread": search(archive, photos, copies, threads=1)}
    seconds[f"{cores} threads"] = search(archive, photos, copies, threads=cores, memory=memory)
    seconds["again, unchanged"] = search(archive, photos, copies, threads=cores, memory=memory)
    everything = all_pairs(archive)
    print(f"{len(photos)} photos, of which {copies} are smaller copies of others")
    for name, took in seconds.items():
        print(f"    {name:18} {took:8.1f} s, {1000 * took / len(photos):6.1f} ms a photo")
    ratio = everything / seconds["1 thread"]
    print(f"    {'all pairs':18} {everything:8.1f} s on 1 thread (computed), ratio {ratio:.1f}")
    told = {"photos": len(photos), "seconds": seconds, "all_pairs_s": everything}
    print_json("curate duplicates", told, "numpy", "pillow", "opencv-python-headless")


def read(files: Sequence[Path]) -> dict[str, bytes]:
    archive = {path.as_posix(): path.read_bytes() for path in files}
    for path in files[::10]:
        with Image.open(path) as photo:
            small = photo.convert("RGB")
        small.thumbnail((300, 300))
        stream = io.BytesIO()
        small.save(stream, "JPEG", quality=80)
        archive[f"copy/{path.name}.jpg"] = stream.getvalue()
    return archive


def scanned(name: str, data: bytes) -> Scanned:
    picture = images.decode(data, shrink_to=SIDE)
    prints = fingerprints_of(picture.pixels, sha256=images.sha256(data))
    return Scanned(name, len(data), 0.0, prints, Measures(picture.header.width, picture.header.height, {}))


def search(
    archive: dict[str, bytes],
    photos: Sequence[Scanned],
    copies: int,
    *,
    threads: int,
    memory: SearchMemory | None = None,
) -> float:
    start = time.perf_counter()
    found = find_duplicates(photos, lambda path: picture(archive[path]), threads=threads, memory=memory)
    seconds = time.perf_counter() - start
    members = sum(len(group.members) for group in found.of(Tier.SAME_PICTURE))
    if members < copies / 2:
        raise SystemExit(f"Only {members} copies were found, of {copies}.")
    return seconds


def picture(data: bytes) -> images.Pixels:
    return images.decode(data, shrink_to=SIDE).pixels


def all_pairs(archive: dict[str, bytes]) -> float:
    chance = random.Random(2)
    looks = [look_at(picture(data)) for data in chance.sample(sorted(archive.values()), min(60, len(archive)))]
    for look in looks:
        look.sketch  # noqa: B018 - worked out once for each picture
    start = time.perf_counter()
    for _ in range(PAIRS):
        compare(*chance.sample(looks, 2))
    return (time.perf_counter() - start) / PAIRS * len(archive) * (len(archive) - 1) / 2
