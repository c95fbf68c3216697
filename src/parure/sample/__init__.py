"""The sample shop: rendered pieces of jewellery, three to six photos each, and the sheet that lists them.

Everything in it was made by `parure.render.sample_shop`, so it may be copied, changed and shipped freely. It is what
`parure demo` opens, what the quick start imports, and what many tests run on.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["shop_path"]


def shop_path() -> Path:
    """The folder with `products.csv` and `photos/`."""
    return Path(str(files("parure.sample") / "shop"))
