"""How fast photos come in: `parure import` end to end against the bare cost of decoding and running the model.

    python bench/ingest.py                     # 1,500 photos of 384 px and 120 of 12 megapixels
    python bench/ingest.py --photos 20000 --large 0   # the long run that shows the memory ceiling

Both use all cores. The bound is photos / (decode time + model time), each measured on its own with the product's
decoder and encoder; the end-to-end rate covers the whole command: start, reading, hashing, decoding, thumbnails,
encoding, database and index. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from parure import images, registry, settings
from report import print_json

WORKING_SIDE = 576  # as in parure.web.catalogue.photos
SAMPLE = Path(__file__).parent.parent / "src" / "parure" / "sample" / "shop" / "photos"


def make_photos(folder: Path, count: int, side: tuple[int, int]) -> list[Path]:
    """Crops of the sample shop's pictures, enlarged and grained so that no two files are alike."""
    rng = np.random.default_rng(7)
    sources = [Image.open(path).convert("RGB") for path in sorted(SAMPLE.glob("*.*"))[:60]]
    grain = rng.integers(-6, 7, (side[1], side[0], 1), dtype=np.int16)
    folder.mkdir(parents=True)
    paths = []
    for number in range(count):
        source = sources[number % len(sources)]
        x, y = rng.integers(0, source.width // 8, 2)
        crop = source.crop((x, y, x + source.width * 7 // 8, y + source.height * 7 // 8)).resize(side)
        pixels = (np.asarray(crop, np.int16) + np.roll(grain, number, axis=1)).clip(0, 255).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=88)
        paths.append(folder / f"B-{number:06}.jpg")
        paths[-1].write_bytes(buffer.getvalue())
    return paths


def bare_seconds(paths: list[Path], sample: int) -> tuple[float, float]:
    """Seconds per photo for decoding alone and for the model alone, all cores, on up to `sample` photos."""
    chosen = paths[:sample]
    encoder = registry.resolve("encoder", settings.get().encoder)()
    data = [path.read_bytes() for path in chosen]
    with ThreadPoolExecutor(settings.get().cores) as pool:
        encoder.encode_images([images.decode(data[0], shrink_to=WORKING_SIDE).pixels] * 4)  # warm up
        start = time.perf_counter()
        pixels = list(pool.map(lambda item: images.decode(item, shrink_to=WORKING_SIDE).pixels, data))
        decoded = time.perf_counter()
        encoder.encode_images(pixels)
        return (decoded - start) / len(chosen), (time.perf_counter() - decoded) / len(chosen)


def import_run(folder: Path, data: Path) -> tuple[float, float]:
    """Seconds of one `parure import`, and its peak memory in MB."""
    command = [sys.executable, "-m", "parure", "--data", str(data), "import", str(folder)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"parure import ended with status {status}")
    return seconds, usage.ru_maxrss / 1024


def measure(name: str, count: int, side: tuple[int, int], root: Path) -> dict[str, float]:
    paths = make_photos(root / name, count, side)
    decode, model = bare_seconds(paths, sample=600)
    seconds, peak = import_run(root / name, root / f"{name}-data")
    bound, rate = 1 / (decode + model), count / seconds
    bare = f"decode {decode * 1000:.1f} ms + model {model * 1000:.1f} ms: at most {bound:.1f} photos/s"
    print(f"{name:>6}: {count} photos of {side[0]} x {side[1]}, {bare}")
    print(f"        parure import {rate:.1f} photos/s, ratio {rate / bound:.2f}, peak memory {peak:.0f} MB")
    return {
        "photos": count,
        "decode_ms": decode * 1000,
        "model_ms": model * 1000,
        "bound_per_s": bound,
        "import_per_s": rate,
        "ratio": rate / bound,
        "peak_mb": peak,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=1500, help="photos of 384 px")
    parser.add_argument("--large", type=int, default=120, help="photos of 12 megapixels")
    parser.add_argument("--quick", action="store_true", help="a few photos, to see that it runs")
    chosen = parser.parse_args()
    small, large = (24, 3) if chosen.quick else (chosen.photos, chosen.large)
    root = Path(tempfile.mkdtemp(prefix="parure-bench-"))
    try:
        figures = {"small": measure("small", small, (384, 384), root)} if small else {}
        if large:
            figures["large"] = measure("large", large, (4000, 3000), root)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print_json("ingest", figures, "numpy", "pillow", "onnxruntime", "django", "qdrant-edge-py")


if __name__ == "__main__":
    main()
