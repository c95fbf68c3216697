"""`parure export`: the catalogue as a sheet that `parure import` reads back."""

from __future__ import annotations

from pathlib import Path

import click

from parure.cli.console import out, say

__all__ = ["command"]


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--photos", is_flag=True, help="Copy the originals into a folder `photos` beside the sheet.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file.")
def command(target: Path, photos: bool, overwrite: bool) -> None:
    """Write the catalogue to TARGET (.csv or .jsonl), with the photos if wished."""
    if target.suffix not in (".csv", ".jsonl"):
        raise click.UsageError("TARGET must end in .csv or .jsonl.")
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.export import export_catalogue

    exported = export_catalogue(target, photos=photos, overwrite=overwrite)
    out.print(f"{exported.products} products written to {target}.", highlight=False)
    if exported.missing:
        say(
            f"{exported.missing} originals are missing from the data folder; `parure doctor` names them.",
            style="yellow",
        )
