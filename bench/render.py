"""How fast labelled pictures are drawn: `parure render dataset` against plain Mitsuba on the same scenes.

    python bench/render.py                  # 40 designs, one picture each, 256 px, two processes
    python bench/render.py --designs 8      # to see that it runs

The peer is what a person writes first: one process, Mitsuba on all cores, load a scene, render it, no denoiser, no
labels, no shadow, nothing saved; its scenes are handed to it built, posed and lit. The product does all of that, and
traces diamonds three times for their fire, so a ratio near 1 means that the rest is paid for by processes instead of
threads. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from report import print_json, runs_here

if not runs_here("bench/render.py", "render", "mitsuba", "pyoidn", "scipy"):
    raise SystemExit(0)

from parure.render import tracer
from parure.render.dataset import shoot
from parure.render.dataset.run import Outcome, Plan, make
from parure.render.mesh import merge_by_label
from parure.render.spec import draw_design
from parure.render.tracer import Quality, Traced

Scene = dict[str, Any]


def scenes_of(plan: Plan) -> list[Scene]:
    """What the product would trace, without tracing it."""
    found: list[Scene] = []

    def noted(parts: Any, casting: Any, **rest: Any) -> Traced:
        found.append({"parts": parts, "casting": casting, **rest})
        side = rest["quality"].size
        return Traced(np.zeros((side, side, 4)), np.zeros((side, side), np.uint8))

    original, shoot.trace = shoot.trace, noted
    try:
        for number in range(plan.first, plan.first + plan.count):
            list(shoot.shoot(draw_design(number, prefix=plan.prefix), views=plan.views, quality=plan.quality))
    finally:
        shoot.trace = original
    return found


def plain_seconds(scenes: list[Scene], threads: int) -> float:
    """Mitsuba alone, in this process, the first scene once more before the clock starts: it compiles."""
    mi = tracer._renderer()
    if "llvm" in mi.variant():
        import drjit

        drjit.set_thread_count(threads)
    plain_picture(mi, scenes[0])
    start = time.perf_counter()
    for scene in scenes:
        plain_picture(mi, scene)
    return time.perf_counter() - start


def plain_picture(mi: Any, scene: Scene) -> None:
    look = {name: scene[name] for name in ("camera", "light", "quality")}
    loaded = tracer._scene(mi, merge_by_label(scene["parts"]), scene["casting"], **look)
    np.array(mi.render(loaded, seed=scene["seed"]))


def product_seconds(plan: Plan, jobs: int) -> float:
    failed: list[Outcome] = []
    start = time.perf_counter()
    make(plan, jobs=jobs, told=lambda outcome: failed.append(outcome) if outcome.error else None)
    if failed:
        raise SystemExit(f"{failed[0].design} failed: {failed[0].error}")
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--designs", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--size", type=int, default=256)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parure-bench-") as folder:
        plan = Plan(Path(folder), chosen.designs, prefix="bench", views=1, quality=Quality(chosen.size, 16, 12))
        ours = product_seconds(plan, chosen.jobs)
    threads = min(chosen.jobs, os.cpu_count() or 1)
    plain = plain_seconds(scenes_of(plan), threads)
    figures = {
        "pictures": chosen.designs,
        "size": chosen.size,
        "product_per_s": round(chosen.designs / ours, 3),
        "plain_per_s": round(chosen.designs / plain, 3),
        "ratio": round(plain / ours, 3),
    }
    print(f"parure render dataset: {figures['product_per_s']} labelled pictures/s with {chosen.jobs} processes")
    print(f"plain Mitsuba:         {figures['plain_per_s']} bare pictures/s with {threads} threads")
    print(f"ratio {figures['ratio']}")
    print_json("render", figures, "mitsuba", "drjit", "pyoidn", "numpy", "scipy")


if __name__ == "__main__":
    main()
