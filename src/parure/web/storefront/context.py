"""What every template knows of the shop."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from parure import __version__, settings
from parure.web.storefront.asked import MAX_TEXT, Asked
from parure.web.storefront.page import signed_in

__all__ = ["Shop", "shop"]


@dataclass(frozen=True)
class Shop:
    name: str
    currency: str
    signed_in: bool
    user_name: str
    version: str
    max_text: int = MAX_TEXT


def shop(request: HttpRequest) -> dict[str, Shop | Asked]:
    """Also an empty `asked`, for the search box of pages that ask nothing."""
    chosen = settings.get()
    inside = signed_in(request)
    name = str(request.user.get_username()) if inside else ""
    return {"shop": Shop(chosen.shop_name, chosen.currency, inside, name, __version__), "asked": Asked()}
