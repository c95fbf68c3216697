"""The API's addresses, with a typed answer for a method or an address that does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path

from parure.web.api.app import api
from parure.web.api.errors import not_allowed, not_found

View = Callable[..., HttpResponse]


def _typed(view: View) -> View:
    """Ninja answers a wrong method in plain text; this gives it the body that every refusal has."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        return not_allowed(request, response["Allow"]) if response.status_code == 405 else response

    return inner


def _patterns() -> list[URLPattern]:
    """Ninja's own addresses without its root page, which would stand in the way of the shop's."""
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    for pattern in found:
        pattern.callback = _typed(pattern.callback)
    return found


def _nothing(request: HttpRequest) -> HttpResponse:
    return not_found(request)


_nothing.csrf_exempt = True  # type: ignore[attr-defined]  # a POST to nowhere is told so, not asked for a cookie

urlpatterns = [path("", include((_patterns(), "ninja"), namespace="api")), re_path("^api/", _nothing)]
