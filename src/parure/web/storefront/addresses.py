"""Addresses of pieces. Style codes are free text: slashes stay path separators, everything else unsafe is escaped."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

__all__ = ["product_url", "similar_url"]

_SAFE = "/~:@!$'()*,;="  # allowed in a path by RFC 3986, less "&" and "+" which copy badly


def product_url(style_code: str) -> str:
    return _with_code("product", style_code)


def similar_url(style_code: str) -> str:
    return _with_code("similar", style_code)


def _with_code(name: str, style_code: str) -> str:
    return reverse(name, args=("x",)).removesuffix("x") + quote(style_code, safe=_SAFE)
