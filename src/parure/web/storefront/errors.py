"""Pages for what went wrong. Programs that ask under /api get the same in JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from parure.web.storefront.page import POLICY, open_page

__all__ = ["bad_request", "csrf_failure", "forbidden", "not_found", "refusal", "server_error"]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, "not_found", said or "There is nothing at this address.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _page(request, 403, "forbidden", "This page is not open to you.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _page(request, 400, "bad_request", "The server could not read this request.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    return _page(
        request, 403, "forbidden", "The form was open too long, or cookies are off. Go back, reload, try again."
    )


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Uses nothing that may be what broke: no database, no session."""
    return refusal(request, 500, "error", "Something went wrong here. It has been logged; trying again may help.")


def refusal(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """A plain answer that needs neither session nor database."""
    if _wants_json(request):
        return JsonResponse({"error": {"code": code, "message": message}}, status=status)
    body = render_to_string("refusal.html", {"status": status, "message": message})
    return HttpResponse(body, status=status, headers={"Content-Security-Policy": POLICY})


def _page(request: HttpRequest, status: int, code: str, message: str) -> HttpResponseBase:
    if _wants_json(request):
        return refusal(request, status, code, message)
    shown = open_page(
        lambda request: render(request, "error.html", {"status": status, "message": message}, status=status)
    )
    return shown(request)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path in ("/health", "/sync_check")
