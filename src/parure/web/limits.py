"""Request size and rate limits, before any view runs.

Rates are counted per client in the shared cache, in windows of one second, minute or hour. A client is its token's
digest or its address; behind a proxy the address is the last one that the proxy itself appended.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from parure import settings
from parure.web.storefront.errors import refusal

__all__ = ["RateLimitMiddleware", "RequestSizeMiddleware", "client_key"]

Handler = Callable[[HttpRequest], HttpResponse]
_WINDOW_S = {"s": 1, "m": 60, "h": 3600}
_SEARCH_PATHS = ("/api/v1/search", "/api/v1/match", "/api/v1/facets", "/api/match", "/search")
_DESK = "/review/"
_READ = ("GET", "HEAD", "OPTIONS")


class RequestSizeMiddleware:
    """Refuses a body above `max_request_bytes` from its header, before it is read."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.get().max_request_bytes
        length = request.headers.get("Content-Length", "0")
        if not length.isdigit():
            return refusal(request, 400, "bad_request", "Content-Length is not a number.")
        if int(length) > limit:
            return refusal(request, 413, "too_large", f"The request has {int(length):,} bytes; {limit:,} are allowed.")
        return self._next(request)


class RateLimitMiddleware:
    """Refuses searches and writes above the configured rates with 429 and `Retry-After` (seconds).

    Staff who decide at /review are not counted: an office has one address, and keys are pressed several times a second.
    """

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kind, rate = _kind(request)
        if not kind:
            return self._next(request)
        wait = _over(kind, rate, client_key(request))
        if wait:
            refused = refusal(request, 429, "too_many_requests", f"More than {rate} requests; try again in {wait} s.")
            refused["Retry-After"] = str(wait)
            return refused
        return self._next(request)


def client_key(request: HttpRequest) -> str:
    secret = request.headers.get("Authorization", "")
    if secret and request.path.startswith("/api/"):  # elsewhere nobody reads it, and it would buy a fresh count
        return hashlib.sha256(secret.encode()).hexdigest()[:32]
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.get().behind_proxy and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _kind(request: HttpRequest) -> tuple[str, str]:
    chosen = settings.get()
    path = request.path.rstrip("/")
    if path in _SEARCH_PATHS or path.endswith("/similar") or path.startswith("/similar/"):
        return "search", chosen.rate_search
    if request.method in _READ or (path.startswith(_DESK) and getattr(request.user, "is_staff", False)):
        return "", ""
    return "upload", chosen.rate_upload


def _over(kind: str, rate: str, client: str) -> int:
    """Seconds until the client may ask again, 0 if it may now."""
    allowed, _, unit = rate.partition("/")
    window = _WINDOW_S[unit]
    now = time.time()
    key = f"rate:{kind}:{client}:{int(now // window)}"
    if cache.add(key, 1, timeout=window * 2):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # evicted between the two calls
        return 0
    return 0 if count <= int(allowed) else max(1, int(window - now % window))
