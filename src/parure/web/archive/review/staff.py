"""Who may see the review pages, and what goes wrong in them as pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from parure.errors import NotFound
from parure.web.archive.models import Archive
from parure.web.archive.review.services.boards import Boards, boards
from parure.web.archive.review.services.deciding import Who
from parure.web.storefront.page import open_page, signed_in, to_sign_in

__all__ = ["archive_of", "boards_of", "staff_page", "who"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_page(view: View[P]) -> View[P]:
    """A page for staff: others who signed in are refused, everybody else is sent to the door."""

    @wraps(view)
    def walled(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request):
            return to_sign_in(request)
        if not getattr(request.user, "is_staff", False):
            raise PermissionDenied
        try:
            response = view(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error
        response.headers.setdefault("Cache-Control", "private, no-cache")  # questions change under one's hands
        return response

    return open_page(walled)


def who(request: HttpRequest) -> Who:
    assert request.user.pk is not None
    return Who(int(request.user.pk), str(request.user.get_username()))


def archive_of(number: int) -> Archive:
    """Raises `NotFound`."""
    archive = Archive.objects.filter(pk=number, scanned_at__isnull=False).first()
    if archive is None:
        raise NotFound("There is no such archive, or its scan was never finished.")
    return archive


def boards_of(archive: Archive) -> Boards:
    """Raises `NotFound` where no list was made yet."""
    found = boards(archive)
    if found is None:
        raise NotFound("The review list of this archive was not made yet.")
    return found
