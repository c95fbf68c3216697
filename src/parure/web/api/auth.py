"""Who may ask and who may change: tokens for programs, the session for people.

Reads are open when `public_read` is set. A token that is sent must be a good one even where none is needed, so that
a client with a revoked token learns of it. Sessions are protected against forged requests by Django's CSRF token.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings as django_settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import APIKeyCookie, HttpBearer

from parure import settings
from parure.web.accounts.models import Token
from parure.web.catalogue.models import Source
from parure.web.catalogue.values import Writer

__all__ = ["READ", "WRITE", "ApiRequest", "Caller", "writer"]


@dataclass(frozen=True)
class Caller:
    """Whoever sent the request; `user_id` is None for the public."""

    name: str
    user_id: int | None = None


class ApiRequest(HttpRequest):
    """A request that passed one of the checks below."""

    auth: Caller


class TokenAuth(HttpBearer):
    def __init__(self, *, write: bool = False) -> None:
        super().__init__()
        self._write = write

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        found = Token.find(token)
        if found is None:
            raise AuthenticationError(message="This token is not known here or was revoked.")
        if self._write and not found.can_write:
            raise AuthorizationError(message=f"The token {found.name} may only read.")
        return Caller(f"{found.user.get_username()} ({found.name})", found.user_id)


class SessionAuth(APIKeyCookie):
    param_name = django_settings.SESSION_COOKIE_NAME

    def __init__(self, *, staff: bool = False) -> None:
        super().__init__(csrf=True)
        self._staff = staff

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Only for those who are signed in: to others a missing CSRF token is not what is wrong."""
        caller: Caller | None = super().__call__(request) if request.user.is_authenticated else None
        return caller

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        user = request.user
        if self._staff and not user.is_staff:
            raise AuthorizationError(message="Only staff may change the catalogue.")
        return Caller(user.get_username(), user.pk)


def anyone(request: HttpRequest) -> Caller | None:
    return Caller("public") if settings.get().public_read else None


# The first that knows the caller decides.
READ = [TokenAuth(), anyone, SessionAuth()]
WRITE = [TokenAuth(write=True), SessionAuth(staff=True)]


def writer(request: ApiRequest, source: str = Source.MANUAL) -> Writer:
    """The caller as the catalogue's log and precedence see them."""
    return Writer(str(source), request.auth.name[:150], request.auth.user_id)
