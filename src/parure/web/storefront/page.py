"""What all pages share: the sign-in wall when the shop is closed to the public, and the content security policy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from parure import settings

__all__ = ["POLICY", "open_page", "page", "signed_in", "to_sign_in"]

# No inline script or style anywhere: text from a sheet or a seller can never run.
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(request: HttpRequest) -> bool:
    """False also for requests refused before the session was looked at."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


def open_page(view: View[P]) -> View[P]:
    """A page that everybody may see, signed in or not."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return wrapped


def page(view: View[P]) -> View[P]:
    """A page for everybody when the shop is public, else for those who signed in."""

    @wraps(view)
    def walled(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if settings.get().public_read or signed_in(request):
            return view(request, *args, **kwargs)
        return to_sign_in(request)

    return open_page(walled)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):  # a part of a page was asked for: send the whole page to the door
        current = request.headers.get("HX-Current-URL", "")
        return HttpResponseClientRedirect(redirect_to_login(current or "/").url)
    return redirect_to_login(request.get_full_path())
