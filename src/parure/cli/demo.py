"""`parure demo`: the sample shop from nothing to a served page, with a search by picture and one by words."""

from __future__ import annotations

import time

import click
import numpy as np

from parure.cli.console import out, progress_bar, say

__all__ = ["command"]

PICTURE = 4  # place among the sample photos in order of name: a second view
WORDS = "rose gold rings under 2500, no pearls"


@click.command()
@click.option("--serve/--no-serve", "serve_it", default=True, help="Serve the shop afterwards (default).")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def command(serve_it: bool, port: int) -> None:
    """Create the sample shop in the data folder, search it by picture and by words, and serve it."""
    from parure.web.setup import prepare

    prepare()
    _import_sample()
    _search_by_picture()
    _search_by_words()
    if serve_it:
        from parure.cli.serve import announce
        from parure.web.server import serve

        serve("127.0.0.1", port, threads=16, with_worker=True, ready=announce)


def _import_sample() -> None:
    from parure import taxonomy
    from parure.intake import discover, guess_mapping, plan_import, read_sheet
    from parure.sample import shop_path
    from parure.web.catalogue.importer import run_import
    from parure.web.catalogue.runtime import runtime
    from parure.web.worker.turn import finish_work, take_turn

    shop, words = shop_path(), taxonomy.load()
    sheet = read_sheet(shop / "products.csv")
    plan = plan_import(discover([shop / "photos"]), sheet, guess_mapping(sheet, words), taxonomy=words)
    started = time.perf_counter()
    with take_turn():
        with progress_bar("Sample shop") as progress:
            summary = run_import(plan, actor="parure demo", encoder=runtime().encoder(), progress=progress)
        with progress_bar("Indexing") as progress:
            finish_work(True, progress)
    counts = summary.counts
    photos = sum(len(draft.photos) for draft in plan.products)
    say(
        f"Sample shop: {counts['added']} pieces added, {counts['updated']} updated, {counts['unchanged']} unchanged,"
        f" {photos} photos, {time.perf_counter() - started:.0f} s"
    )


def _search_by_picture() -> None:
    from parure import images
    from parure.cli.search import print_results
    from parure.sample import shop_path
    from parure.search import Query
    from parure.web.catalogue.finder import find, query_side

    path = sorted((shop_path() / "photos").iterdir())[PICTURE]
    out.print(f"\n[bold]By picture:[/] {path.name}, mirrored and cropped, as a stranger's photo would be")
    pixels = images.decode(path.read_bytes(), shrink_to=query_side()).pixels
    height, width = pixels.shape[:2]
    stranger = np.ascontiguousarray(pixels[height // 12 : -height // 12, width // 12 : -width // 12][:, ::-1])
    print_results(find(Query(image=stranger, limit=5)))


def _search_by_words() -> None:
    from parure.cli.search import print_results
    from parure.search import Query
    from parure.web.catalogue.finder import find

    out.print(f"\n[bold]By words:[/] {WORDS}")
    print_results(find(Query(text=WORDS, limit=5)))
    say("")
