"""`parure index rebuild`: fill a new generation from the stored vectors and switch to it."""

from __future__ import annotations

import click

from parure.cli.console import out, progress_bar

__all__ = ["command"]


@click.group()
def command() -> None:
    """Look after the vector index."""


@command.command()
def rebuild() -> None:
    """Fill a new index from the vectors in the database and switch to it; searches go on meanwhile.

    No photo is analysed again unless the encoder changed.
    """
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.runtime import runtime
    from parure.web.worker.rebuild import rebuild as run

    with progress_bar("Indexing") as progress:
        generation = run(runtime(), progress)
    runtime().close()
    out.print(f"Generation {generation.pk} by {generation.encoder} is live.")
