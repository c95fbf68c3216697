"""Photograph the sample shop: `python -m parure.render.sample_shop OUT_DIR`.

Writes OUT_DIR/photos/*.webp and OUT_DIR/products.csv, which lists the pictures that are there. A picture that exists
is not made again, so a run that was stopped goes on where it left off. A picture depends only on its design and
shot: made again alone, it is the same.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from parure.errors import NotFound
from parure.render.extra import require_renderer
from parure.render.picture import save_webp
from parure.render.shop import DESIGNS, Design
from parure.render.shop.design import Shot, shots_of
from parure.render.shop.pictures import take
from parure.render.shop.sheet import photo_names, write_sheet
from parure.render.tracer import Quality

__all__ = ["Job", "jobs_for", "main", "photograph", "render_shop"]


@dataclass(frozen=True)
class Job:
    """One picture to make: a design's shot, its file, and how finely to render it."""

    design: Design
    shot: Shot
    path: Path
    quality: Quality

    @property
    def seed(self) -> int:
        return crc32(self.path.stem.encode())


def jobs_for(designs: Sequence[Design], photos: Path, quality: Quality) -> Iterator[Job]:
    for design in designs:
        for shot, name in zip(shots_of(design), photo_names(design), strict=True):
            yield Job(design, shot, photos / name, quality)


def photograph(job: Job) -> float:
    """Take and save one picture, unless the piece cannot be worn; returns the seconds it took."""
    start = time.perf_counter()
    picture = take(job.design, job.shot, job.seed, job.quality)
    if picture is not None:
        save_webp(picture, job.path, quality=88)
    return time.perf_counter() - start


def render_shop(out: Path, designs: Sequence[Design], *, quality: Quality, workers: int = 1) -> int:
    """Make the pictures that are missing and the sheet; returns how many pictures were made."""
    photos = out / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    missing = [job for job in jobs_for(designs, photos, quality) if not job.path.exists()]
    if missing:
        require_renderer()
    start = time.perf_counter()
    for done, job in enumerate(_run(missing, workers), start=1):
        rate = (time.perf_counter() - start) / done
        left = rate * (len(missing) - done) / 60
        _say(f"{done}/{len(missing)}  {job.path.name}  {rate:.1f} s a picture, {left:.0f} min left")
    write_sheet(designs, out / "products.csv", photos=photos)
    return len(missing)


def _run(jobs: Sequence[Job], workers: int) -> Iterator[Job]:
    if workers == 1:
        for job in jobs:
            photograph(job)
            yield job
        return
    fresh = multiprocessing.get_context("spawn")  # a renderer does not survive a fork
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        yield from (job for job, _ in zip(jobs, pool.map(photograph, jobs), strict=True))


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m parure.render.sample_shop", description="Photograph the sample shop."
    )
    parser.add_argument("out", type=Path, help="folder to write photos/ and products.csv into")
    parser.add_argument("--only", action="append", default=[], metavar="CODE", help="a style code; may be given again")
    parser.add_argument("--size", type=int, default=512, help="picture side in pixels")
    parser.add_argument("--samples", type=int, default=64, help="light paths per pixel; the shop ships with 64")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    unknown = set(options.only) - {design.code for design in DESIGNS}
    if unknown:
        raise NotFound(f"No design has the code {', '.join(sorted(unknown))}; codes look like {DESIGNS[0].code}.")
    chosen = [design for design in DESIGNS if not options.only or design.code in options.only]
    made = render_shop(options.out, chosen, quality=Quality(options.size, options.samples), workers=options.jobs)
    _say(f"{made} pictures tried, {len(chosen)} products in {options.out / 'products.csv'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
