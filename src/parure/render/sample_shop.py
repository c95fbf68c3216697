"""Photograph the sample shop: `python -m parure.render.sample_shop OUT_DIR`.

Writes OUT_DIR/photos/*.webp and OUT_DIR/products.csv. A picture that exists is not made again, so a run that was
stopped goes on where it left off. A picture depends only on its design and shot: made again alone, it is the same.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from parure.errors import NotFound
from parure.render.camera import Camera, aim
from parure.render.lighting import GOLD_LIGHT, WHITE_METAL_LIGHT, environment
from parure.render.materials import metal_facts
from parure.render.mesh import Floats, Part, all_vertices, on_floor, place, rotation, settle
from parure.render.picture import PAPERS, compose, save_webp
from parure.render.shadow import contact_shadow
from parure.render.shop import DESIGNS, Design
from parure.render.shop.design import Focus, Pose, Shot, shots_of
from parure.render.shop.sheet import photo_names, write_sheet
from parure.render.tracer import Quality, trace

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
    """Build, pose, light, trace and save one picture; returns the seconds it took."""
    start = time.perf_counter()
    parts = _posed(job.design.piece.build(), job.shot.pose)
    camera = _camera(parts, job)
    paper = PAPERS[job.shot.paper]
    studio = WHITE_METAL_LIGHT if metal_facts(job.design.casting)[1] in ("white", "grey") else GOLD_LIGHT
    light = environment(studio, job.seed, paper.linear())
    traced = trace(parts, job.design.casting, camera=camera, light=light, seed=job.seed % 65536, quality=job.quality)
    shadow = contact_shadow(parts, camera, job.quality.size)
    save_webp(compose(traced.light, shadow, paper), job.path)
    return time.perf_counter() - start


def _posed(parts: list[Part], pose: Pose) -> list[Part]:
    return settle(place(parts, rotation((1, 0, 0), -80))) if pose is Pose.LYING else on_floor(parts)


def _camera(parts: list[Part], job: Job) -> Camera:
    shot = job.shot
    sway = np.random.default_rng(job.seed).uniform(-1, 1, 2)
    steep = shot.elevation > 65  # pieces seen from above keep upright; others turn more freely
    azimuth = shot.azimuth + sway[0] * (3 if steep else 9)
    elevation = min(shot.elevation + sway[1] * (3 if steep else 5), 84)
    return aim(_focus(parts, shot.focus), azimuth, elevation, margin=shot.margin)


def _focus(parts: list[Part], focus: Focus) -> Floats:
    if focus is Focus.NO_CHAIN:
        return all_vertices([part for part in parts if part.label != "chain"])
    points = all_vertices(parts)
    if focus is Focus.LEFT:
        return points[points[:, 0] < 0]
    if focus is Focus.FRONT:
        spread = np.ptp(points, axis=0)
        near = points[:, 1] < points[:, 1].min() + 0.22 * spread[1]
        return np.asarray(points[near & (np.abs(points[:, 0]) < 0.3 * spread[0])])
    return points


def render_shop(out: Path, designs: Sequence[Design], *, quality: Quality, workers: int = 1) -> int:
    """Make the pictures that are missing and the sheet; returns how many pictures were made."""
    photos = out / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    missing = [job for job in jobs_for(designs, photos, quality) if not job.path.exists()]
    start = time.perf_counter()
    for done, job in enumerate(_run(missing, workers), start=1):
        rate = (time.perf_counter() - start) / done
        left = rate * (len(missing) - done) / 60
        _say(f"{done}/{len(missing)}  {job.path.name}  {rate:.1f} s a picture, {left:.0f} min left")
    write_sheet(designs, out / "products.csv")
    return len(missing)


def _run(jobs: Sequence[Job], workers: int) -> Iterator[Job]:
    if workers == 1:
        for job in jobs:
            photograph(job)
            yield job
        return
    with ProcessPoolExecutor(workers) as pool:
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
    parser.add_argument("--samples", type=int, default=16, help="light paths per pixel; the shop ships with 16")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    options = parser.parse_args(arguments)
    unknown = set(options.only) - {design.code for design in DESIGNS}
    if unknown:
        raise NotFound(f"No design has the code {', '.join(sorted(unknown))}; codes look like {DESIGNS[0].code}.")
    chosen = [design for design in DESIGNS if not options.only or design.code in options.only]
    made = render_shop(options.out, chosen, quality=Quality(options.size, options.samples), workers=options.jobs)
    _say(f"{made} pictures made, {len(chosen)} products in {options.out / 'products.csv'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
