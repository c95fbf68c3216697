"""`parure status`: coverage, failures with reasons, index against database."""

from __future__ import annotations

from dataclasses import asdict

import click

from parure.cli.console import out, print_json, print_table, say

__all__ = ["command"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True, help="Failures listed.")
def command(as_json: bool, limit: int) -> None:
    """How far photos are analysed and indexed, what failed and why."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.coverage import coverage, failures
    from parure.web.catalogue.runtime import runtime

    now, failed = coverage(look=True), failures(limit)
    runtime().close()
    if as_json:
        print_json(
            {**asdict(now), "agrees": now.agrees, "complete": now.complete, "failures": [asdict(f) for f in failed]}
        )
        return
    if not now.photos:
        say("The catalogue is empty. Bring photos in with: parure import FOLDER")
    points = "held by another process" if now.index_points is None else f"{now.index_points:,}"
    rows = [
        ("products", f"{now.products:,}"),
        ("photos", f"{now.photos:,}"),
        ("analysed", f"{now.analysed:,}"),
        ("indexed", f"{now.indexed:,}"),
        ("waiting", f"{now.waiting:,}"),
        ("to be retried", f"{now.retrying:,}"),
        ("given up", f"{now.parked:,}"),
        ("points in the index", points),
        ("index changes pending", f"{now.pending:,}"),
        ("encoder", now.encoder),
    ]
    print_table("", ["", ""], rows, right=[""])
    out.print(
        "Index and database agree."
        if now.agrees
        else "Index and database differ: a worker will catch up, or run `parure doctor`."
    )
    if failed:
        shown = [
            (f.file_name, f.style_code, f.reason, f.attempts, "given up" if f.parked else "retrying") for f in failed
        ]
        print_table("\nFailed photos", ["file", "product", "reason", "tries", ""], shown, right=["tries"])
