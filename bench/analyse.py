"""How long a photo takes on one core: decoded, its pieces found, each read, everything a catalogue stores of it made.

    python bench/analyse.py                       # the sample shop's photos
    python bench/analyse.py --photos my-photos/   # your own

The peers, photo by photo in the same run, decoding included: `house-v0`, which gives the vector of the whole photo and
nothing else, and the bare runs of the networks inside the analysis, without cutting, decoding and making sense of them.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from parure import images
from parure.vision import Encoder
from parure.vision.house import load_house_v0
from parure.vision.house_model import load_house
from parure.vision.onnx_runtime import OnnxSession
from report import on_one_thread, percentiles, print_json

WORKING_SIDE = 576  # as in parure.web.catalogue.photos
SAMPLE = Path(__file__).parent.parent / "src" / "parure" / "sample" / "shop" / "photos"
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".heic"}


class Stopwatch:
    """Seconds spent inside ONNX Runtime since it was last asked."""

    def __init__(self) -> None:
        self.seconds = 0.0
        run = OnnxSession.run_all

        def timed(session: OnnxSession, *given: Any) -> Any:
            begun = time.perf_counter()
            try:
                return run(session, *given)
            finally:
                self.seconds += time.perf_counter() - begun

        OnnxSession.run_all = timed  # type: ignore[method-assign, assignment]

    def lap(self) -> float:
        seconds, self.seconds = self.seconds, 0.0
        return seconds


def measure(photos: Sequence[Path], rounds: int) -> dict[str, Any]:
    house, plain, inside = load_house(threads=1), load_house_v0(threads=1), Stopwatch()
    taken: dict[str, list[float]] = {house.version: [], plain.version: [], "bare networks": []}
    pieces = 0
    for path in [photos[0], *list(photos) * rounds]:  # the first once more: it opens the files
        data = path.read_bytes()
        taken[plain.version].append(_seconds(plain, data))
        inside.lap()
        taken[house.version].append(_seconds(house, data))
        taken["bare networks"].append(inside.lap())
        pieces += len(house.analyse_images([images.decode(data, shrink_to=WORKING_SIDE).pixels])[0].pieces)
    counted = {name: times[1:] for name, times in taken.items()}
    peers = {name: float(np.mean(times)) for name, times in counted.items() if name != house.version}
    own = float(np.mean(counted[house.version]))
    return {
        "photos": len(photos),
        "pieces_a_photo": round(pieces / len(taken[house.version]), 2),
        "ms": {name: {"mean_ms": round(1000 * float(np.mean(times)), 2), **percentiles(times)}
               for name, times in counted.items()},
        "ratio_of_means": {f"to {name}": round(own / seconds, 3) for name, seconds in peers.items()},
    }  # fmt: skip


def _seconds(encoder: Encoder, data: bytes) -> float:
    begun = time.perf_counter()
    encoder.encode_images([images.decode(data, shrink_to=WORKING_SIDE).pixels])
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, default=SAMPLE, help="a folder; default: the sample shop's")
    parser.add_argument("--most", type=int, default=200, help="photos, spread over the folder (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    on_one_thread()
    found = sorted(path for path in asked.photos.rglob("*") if path.suffix.lower() in PICTURES)
    if not found:
        raise SystemExit(f"{asked.photos} has no photos.")
    photos = [found[int(place)] for place in np.linspace(0, len(found) - 1, min(asked.most, len(found)))]
    figures = measure(photos, asked.rounds)
    for name, times in figures["ms"].items():
        print(f"{name:24} mean {times['mean_ms']:7.1f} ms   p50 {times['p50_ms']:7.1f}   p99 {times['p99_ms']:7.1f}")
    for name, ratio in figures["ratio_of_means"].items():
        print(f"{name:24} {ratio:.2f} times as long")
    print_json("analyse", figures, "onnxruntime", "numpy", "pillow")


if __name__ == "__main__":
    main()
