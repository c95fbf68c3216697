"""`parure show`: one product, with where each attribute came from."""

from __future__ import annotations

from dataclasses import asdict

import click

from parure.cli.console import out, print_json, print_table

__all__ = ["command"]


@click.command()
@click.argument("style_code")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(style_code: str, as_json: bool) -> None:
    """Show one product: fields, photos, attributes and their sources."""
    from parure.web.setup import prepare

    prepare()
    from parure.web.catalogue.products import find_product
    from parure.web.catalogue.reader import get_view

    product = get_view(find_product(style_code, deleted=True))
    if as_json:
        print_json(asdict(product))
        return
    price = "no price" if product.price is None else f"{product.price:,.2f} {product.currency}"
    out.print(f"[bold]{product.style_code}[/]  {product.title}", highlight=False)
    out.print(f"{price}, {len(product.photos)} photos" + (", deleted" if product.deleted_at else ""))
    if product.description:
        out.print(product.description, markup=False)
    rows = [
        (a.attribute_label, a.label, a.source, f"{a.confidence:.2f}" if a.source in ("vision", "llm") else "")
        for a in product.attributes
    ]
    if rows:
        print_table("", ["attribute", "value", "from", "confidence"], rows, right=["confidence"])
    photos = [(p.id, p.file_name, p.format, f"{p.width} x {p.height}", f"{p.size:,}") for p in product.photos]
    if photos:
        print_table("", ["photo", "file", "format", "pixels", "bytes"], photos, right=["photo", "bytes"])
