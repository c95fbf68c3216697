"""`parure serve`: storefront, API and worker in one process."""

from __future__ import annotations

import click

from parure.cli.console import say

__all__ = ["announce", "command"]


def announce(address: str) -> None:
    say(f"Serving at {address}  (Ctrl-C stops)")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1, 256), default=16, show_default=True, help="Requests served at once.")
@click.option("--worker/--no-worker", "with_worker", default=True, help="Run the worker in this process.")
def command(host: str, port: int, threads: int, with_worker: bool) -> None:
    """Serve shop, API and worker in one process until Ctrl-C."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.server import serve

    serve(host, port, threads=threads, with_worker=with_worker, ready=announce)
