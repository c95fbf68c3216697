"""What search machines read of a piece: schema.org, only what the catalogue knows.

No availability, rating or brand is made up; a missing fact is a missing key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from parure.web.catalogue.values import ProductView

__all__ = ["linked_data"]

# A script element ends at the first "</script", whatever the JSON says; these never reach the page as they are.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def linked_data(product: ProductView, url: str, pictures: Sequence[str]) -> str:
    """JSON-LD, safe inside a script element. Addresses are absolute."""
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": product.style_code,
        "url": url,
        "description": product.description,
        "image": list(pictures),
        "material": _labels(product, "metal", "material"),
        "color": ", ".join(_labels(product, "metal_colour")),
        "offers": _offer(product, url),
    }
    brand = _labels(product, "brand")
    if brand:
        facts["brand"] = {"@type": "Brand", "name": brand[0]}
    return json.dumps({key: fact for key, fact in facts.items() if fact}, ensure_ascii=False).translate(_ESCAPES)


def _offer(product: ProductView, url: str) -> dict[str, str]:
    if product.price is None:
        return {}
    return {"@type": "Offer", "price": str(product.price), "priceCurrency": product.currency, "url": url}


def _labels(product: ProductView, *attributes: str) -> list[str]:
    return [view.label for view in product.attributes if view.attribute in attributes]
