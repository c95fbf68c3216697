"""`parure evaluate`: how good search is on photos whose products are known, beside peers in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parure.cli.console import print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from parure.evaluation.photo_set import Described
    from parure.evaluation.retrieval import Retrieval, SameProduct

__all__ = ["command"]

COLUMNS = ("method", "R@1", "R@5", "R@10", "MRR", "ms")


@click.group()
def command() -> None:
    """Measure search quality on labelled photos."""


@command.command()
@click.argument("photos_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--manifest", type=click.Path(dir_okay=False, path_type=Path),
    help="JSON lines with file and product_id (default: manifest.jsonl in the folder).",
)  # fmt: skip
@click.option(
    "--encoder", "encoders", multiple=True, metavar="NAME|CARD.json",
    help="An encoder by name, or by the card beside an ONNX file; repeat to compare (default: the one in use).",
)  # fmt: skip
@click.option("--phash", is_flag=True, help="Compare with the perceptual hash too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def retrieval(
    photos_dir: Path, manifest: Path | None, encoders: tuple[str, ...], *, phash: bool, as_json: bool
) -> None:
    """Same product, other photo: every photo whose product has another one asks for it among all others.

    Figures stand with their standard error (products drawn again with replacement); "ms" is the time to describe
    one picture once it is decoded.
    """
    from parure import settings
    from parure.evaluation.methods import Method, PerceptualHash, find_method
    from parure.evaluation.photo_set import describe_photos, read_photo_set
    from parure.evaluation.retrieval import SameProduct, measure_retrieval

    photos = read_photo_set(photos_dir, manifest)
    methods: list[Method] = [find_method(name) for name in encoders or (settings.get().encoder,)]
    methods += [PerceptualHash()] if phash else []
    with progress_bar("Describing") as progress:
        described = describe_photos(photos, methods, progress)
    task = SameProduct.from_products([photo.product for photo in described.photos])
    found = [
        measure_retrieval(task, method.scores(rows[task.queries], rows), method=method.name, milliseconds=spent)
        for method, rows, spent in zip(methods, described.rows, described.milliseconds, strict=True)
    ]
    _report(task, described, found, as_json=as_json)


def _report(task: SameProduct, described: Described, found: Sequence[Retrieval], *, as_json: bool) -> None:
    for path, reason in described.refused:
        say(f"Left out: {path}: {reason}", style="yellow")
    queries, photos = len(task.queries), len(described.photos)
    if as_json:
        refused = [{"file": str(path), "reason": reason} for path, reason in described.refused]
        methods = [asdict(each) for each in found]
        print_json({"queries": queries, "photos": photos, "methods": methods, "refused": refused})
        return
    rows = [
        (each.method, each.recall_at_1, each.recall_at_5, each.recall_at_10, each.mean_reciprocal_rank,
         f"{each.milliseconds:.1f}")
        for each in found
    ]  # fmt: skip
    print_table(f"Same product, other photo: {queries} queries in {photos} photos", COLUMNS, rows, right=COLUMNS[1:])
