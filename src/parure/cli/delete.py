"""`parure delete`: take a product out of sight; nothing is lost."""

from __future__ import annotations

import click

from parure.cli.console import out

__all__ = ["command"]


@click.command()
@click.argument("style_codes", nargs=-1, required=True)
def command(style_codes: tuple[str, ...]) -> None:
    """Take products out of the shop and the index. `parure restore` brings them back."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.products import delete_product
    from parure.web.catalogue.values import Writer

    for style_code in style_codes:
        product = delete_product(style_code, Writer("manual", "parure delete"))
        out.print(f"{product.style_code} deleted.", highlight=False)
