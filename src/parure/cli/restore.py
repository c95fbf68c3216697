"""`parure restore`: bring a deleted product back."""

from __future__ import annotations

import click

from parure.cli.console import out

__all__ = ["command"]


@click.command()
@click.argument("style_codes", nargs=-1, required=True)
def command(style_codes: tuple[str, ...]) -> None:
    """Bring deleted products back into the shop and the index."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.products import restore_product
    from parure.web.catalogue.values import Writer

    for style_code in style_codes:
        product = restore_product(style_code, Writer("manual", "parure restore"))
        out.print(f"{product.style_code} restored.", highlight=False)
