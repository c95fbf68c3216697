"""`parure curate plan` and `report` end to end on a made-up scan, beside a Polars script that does a part of it.

The scan is written into the database as a real one would be: messy names (see `messy_names`), measures, one file in
eight a copy by bytes, one in eight the same picture, groups remembered as after a first plan. The peer reads the same
rows, takes what looks like a code out of each name by one regular expression, joins it to the styles, keeps the first
file of each content, and writes JSON lines: no other spellings, no quality, no doubts, no names without clashes.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from messy_names import Archive, make_archive
from report import print_json

TYPES = ("ring", "necklace", "earrings", "bracelet", "pendant", "bangle", "anklet", "jewellery set")
SCORES = {
    "sharpness": 0.8, "resolution": 0.5, "dark": 0.02, "washed": 0.03, "clipped": 0.01, "cut": 0.0, "cast": 0.02,
    "text": 0.02, "watermark": 0.01, "border": 0.0, "collage": 0.0, "white": 0.9, "plain": 0.05, "scene": 0.03,
    "worn": 0.02,
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--files", type=int, default=60_000)
    parser.add_argument("--styles", type=int, default=18_000)
    parser.add_argument("--folder", type=Path, help="where the database goes (default: a temporary folder)")
    parser.add_argument("--quick", action="store_true", help="a few files, to see that it runs")


def run(chosen: argparse.Namespace) -> None:
    files, styles = (600, 200) if chosen.quick else (chosen.files, chosen.styles)
    root = Path(tempfile.mkdtemp(prefix="parure-bench-", dir=chosen.folder))
    try:
        made = make_archive(99, styles=styles, names=files)
        write_sheet(root / "styles.csv", made)
        names = fill(root, made)
        print(f"{names:,} files over {len(made.styles):,} styles", flush=True)
        figures = measure(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print_json("curate plan", figures, "polars", "django")


def measure(root: Path) -> dict[str, float]:
    start = time.perf_counter()
    peer_files = peer(root)
    peer_s = time.perf_counter() - start
    out, page = root / "plan.jsonl", root / "report.html"
    common = (str(root / "photos"), "--sheet", str(root / "styles.csv"), "--json")
    planned, plan_s = command(root, "plan", *common, "--out", str(out))
    command(root, "plan", *common, "--out", str(root / "again.jsonl"))
    check_same(out, root / "again.jsonl")
    if planned["files"] != peer_files:
        raise SystemExit(f"Files are missing: {planned['files']} of {peer_files}.")
    _, report_s = command(root, "report", *common, "--plan", str(out), "--out", str(page))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"    Polars script         {peer_s:8.1f} s")
    print(f"    parure curate plan    {plan_s:8.1f} s, ratio {plan_s / peer_s:.1f}, {planned['verdicts']}")
    print(f"    parure curate report  {report_s:8.1f} s, {page.stat().st_size / 1e6:.1f} MB without pictures")
    print(f"    peak memory           {peak:8.0f} MB", flush=True)
    return {
        "files": planned["files"], "peer_s": peer_s, "plan_s": plan_s, "ratio": plan_s / peer_s,
        "report_s": report_s, "page_mb": page.stat().st_size / 1e6, "peak_mb": peak,
    }  # fmt: skip


def check_same(first: Path, second: Path) -> None:
    with first.open("rb") as one, second.open("rb") as other:
        for number, (left, right) in enumerate(zip_longest(one, other), start=1):
            if left != right:
                raise SystemExit(f"Two plans differ in line {number}:\n{left!r}\n{right!r}")


def command(root: Path, *words: str) -> tuple[Any, float]:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "parure", "--data", str(root / "data"), "curate", *words],
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout), time.perf_counter() - start


def write_sheet(path: Path, made: Archive) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        sheet = csv.writer(stream)
        sheet.writerow(["style_code", "vendor_sku", "type"])
        sheet.writerows([style.code, style.vendor_sku, TYPES[at % len(TYPES)]] for at, style in enumerate(made.styles))


def fill(root: Path, made: Archive) -> int:
    """The scan in the database; the number of files."""
    os.environ |= {"PARURE_DATA": str(root / "data")}
    from parure.web.setup import prepare

    (root / "photos").mkdir()
    prepare()
    from parure.curate.sources import open_source
    from parure.web.archive.groups import keep_duplicates
    from parure.web.archive.memory import DatabaseMemory
    from parure.web.archive.models import Archive as ArchiveRow
    from parure.web.archive.rows import key_of

    location = open_source(str(root / "photos")).location
    archive = ArchiveRow.objects.create(key=key_of(location), location=location)
    memory = DatabaseMemory(archive)
    paths = sorted({name.path for name in made.names})
    contents = {path: hashlib.sha256(str(at - (at % 8 == 1)).encode()).hexdigest() for at, path in enumerate(paths)}
    for batch in _batches(paths, contents):
        memory.keep(batch)
    memory.finish()
    keep_duplicates(archive, _duplicates(paths))
    return len(paths)


def _batches(paths: Sequence[str], contents: dict[str, str]) -> Iterator[list[Any]]:
    import numpy as np

    from parure.curate.scan import Remembered
    from parure.curate.values import Fingerprints, Measures, Scanned

    dice = random.Random(7)
    vector = np.zeros(192, np.float16)
    batch = []
    for path in paths:
        scores = SCORES | {"sharpness": dice.random() ** 0.2, "text": dice.random() ** 8, "white": dice.random()}
        prints = Fingerprints(contents[path], contents[path][:16], (contents[path][:16],) * 8, vector)
        size = dice.choice((512, 1024, 3000))
        measures = Measures(size, size, scores, "white", (0.2, 0.2, 0.6, 0.6))
        batch.append(Remembered(Scanned(path, size * 90, 1.6e9, prints, measures, None, "jpeg"), "1", "1"))
        if len(batch) == 2000:
            yield batch
            batch = []
    yield batch


def _duplicates(paths: Sequence[str]) -> Any:
    from parure.curate.duplicates import Duplicates, Group, Member, Tier
    from parure.curate.same_picture import Comparison, Likeness, Transform

    told = Comparison(Likeness.SAME, 0.95, 0.99, 0.0, Transform(False, 0.0, 1.0, 1.0))
    groups = []
    for at in range(0, len(paths) - 8, 8):
        groups.append(Group(Tier.SAME_BYTES, paths[at], (Member(paths[at + 1], ()),)))
        groups.append(Group(Tier.SAME_PICTURE, paths[at + 2], (Member(paths[at + 3], (), told),)))
    return Duplicates(tuple(groups))


def peer(root: Path) -> int:
    import polars as pl

    with sqlite3.connect(root / "data" / "parure.db") as connection:
        rows = pl.read_database("SELECT path, sha256 FROM archive_archivefile", connection)
    styles = pl.read_csv(root / "styles.csv", infer_schema=False).select("style_code", "type")
    code = pl.col("path").str.to_uppercase().str.extract(r"([A-Z]{1,4}[-_ ]?\d{3,6})").str.replace_all(r"[-_ ]", "")
    styles = styles.with_columns(key=pl.col("style_code").str.to_uppercase().str.replace_all(r"[-_ ]", ""))
    plan = (
        rows.sort("path")
        .with_columns(key=code, first=pl.col("path").is_first_distinct() & pl.col("sha256").is_first_distinct())
        .join(styles.unique("key"), on="key", how="left", maintain_order="left")
        .with_columns(n=pl.int_range(pl.len()).over("key"))
        .with_columns(target=pl.format("{}/{}_{}.jpg", pl.col("type"), pl.col("style_code"), pl.col("n")))
    )
    plan.write_ndjson(root / "peer.jsonl")
    return plan.height
