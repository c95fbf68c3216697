"""The seam where errors become answers: one table from error code to status, one typed body for all of them.

Every refusal of the API, Django's own included, reads `{"error": {"code", "message", "field"?, "nearest"?}}`. What is
not expected is logged with its traceback and answered without it.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from parure.errors import ImageError, ImageReason, ParureError, UnknownValue

__all__ = ["REFUSALS", "ErrorBody", "ErrorDetail", "install", "not_allowed", "not_found", "refusal", "status_of"]

log = logging.getLogger("parure.api")

# Status per `ParureError.code`; a code that is not here is our fault, not the caller's: 500.
STATUS = {
    "taxonomy": 422,
    "unknown_attribute": 422,
    "unknown_value": 422,
    "image": 422,
    "intake": 422,
    "sheet": 422,
    "text_not_supported": 422,
    "query": 422,
    "not_found": 404,
    "conflict": 409,
    "missing_extra": 501,
    "model": 503,
    "index": 503,
    "index_locked": 503,
    "index_damaged": 503,
    "busy": 503,
    "storage_full": 507,
}
IMAGE_STATUS = {ImageReason.TOO_MANY_BYTES: 413, ImageReason.UNREADABLE: 404}

# Every status other than success that an operation may answer with, for its description.
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 501, 503, 507})


class ErrorDetail(BaseModel):
    """`code` is stable and for programs, `message` for people. `nearest` are allowed values, best first."""

    code: str
    message: str
    field: str | None = None
    nearest: list[str] | None = None


class ErrorBody(BaseModel):
    error: ErrorDetail


def install(api: NinjaAPI) -> None:
    """Make the API answer every exception in one form."""
    for kind, handler in _HANDLERS.items():
        api.add_exception_handler(kind, handler)


def refusal(status: int, code: str, message: str, *, field: str = "", nearest: Sequence[str] = ()) -> HttpResponse:
    detail = ErrorDetail(code=code, message=message, field=field or None, nearest=list(nearest) or None)
    return JsonResponse(ErrorBody(error=detail).model_dump(exclude_none=True), status=status)


def not_found(request: HttpRequest) -> HttpResponse:
    return refusal(404, "not_found", f"There is nothing at {request.path}. See /api/docs for what there is.")


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = refusal(405, "method_not_allowed", f"{request.path} takes {allowed}, not {request.method}.")
    response["Allow"] = allowed
    return response


def status_of(error: ParureError) -> int:
    if isinstance(error, ImageError):
        return IMAGE_STATUS.get(error.reason, STATUS["image"])
    return STATUS.get(error.code, 500)


def detail_of(error: ParureError) -> ErrorDetail:
    """The reason of a refused picture is its code; a value outside the vocabulary names the nearest allowed ones."""
    code = str(error.reason) if isinstance(error, ImageError) else error.code
    unknown = error if isinstance(error, UnknownValue) else error.__cause__
    if isinstance(unknown, UnknownValue):
        return ErrorDetail(code=code, message=str(error), field=unknown.attribute, nearest=list(unknown.nearest))
    return ErrorDetail(code=code, message=str(error))


def _from_parure(request: HttpRequest, error: ParureError) -> HttpResponse:
    status = status_of(error)
    if status == 500:
        return _from_unexpected(request, error)
    if status > 500:
        log.error("%s %s: %s", request.method, request.path, error)
    detail = detail_of(error)
    return refusal(status, detail.code, detail.message, field=detail.field or "", nearest=detail.nearest or ())


def _from_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:  # raised by ninja for one thing only
        return refusal(400, "bad_request", "The body is not JSON. Send JSON with Content-Type: application/json.")
    code = HTTPStatus(error.status_code).name.lower()
    response = refusal(error.status_code, code, str(error))
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _from_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Pydantic's list of complaints as one readable sentence each; `field` is the first one's."""
    complaints = [(_field(item["loc"]), _complaint(item)) for item in error.errors]
    shown = "; ".join(f"{field} {text}" if field else text for field, text in complaints[:5])
    return refusal(422, "validation", f"{shown}.", field=complaints[0][0])


def _field(place: Sequence[str | int]) -> str:
    """("body", "body", "attributes", "metal", 0) as "attributes.metal.0": where it is for the one who sent it."""
    names = [str(part) for part in place if part not in ("query", "form", "path", "file", "body")]
    return ".".join(names)


def _complaint(item: dict[str, Any]) -> str:
    if item["type"] == "missing":
        return "is required"
    if item["type"] == "extra_forbidden":
        return "is not a field here"
    message = str(item["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:].rstrip(".")


def _from_database(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("%s %s: the database did not answer", request.method, request.path, exc_info=error)
    return refusal(503, "database", "The database does not answer. Try again shortly.")


def _from_unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    reference = uuid.uuid4().hex[:12]
    log.error("%s %s failed, reference %s", request.method, request.path, reference, exc_info=error)
    return refusal(500, "internal", f"Something went wrong on our side. Quote {reference} to find it in the log.")


def _fixed(status: int, code: str, message: str) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: refusal(status, code, message)


_HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    ParureError: _from_parure,
    ValidationError: _from_validation,
    HttpError: _from_http,
    Http404: lambda request, error: not_found(request),
    RequestDataTooBig: _fixed(413, "too_large", "The request has more data than is allowed."),
    SuspiciousOperation: _fixed(400, "bad_request", "The request has more fields or files than are allowed."),
    MultiPartParserError: _fixed(400, "bad_request", "The multipart body is damaged. Send it again."),
    UnreadablePostError: _fixed(400, "bad_request", "The body broke off before its end. Send it again."),
    RawPostDataException: _fixed(415, "unsupported_media_type", "This takes JSON: Content-Type: application/json."),
    OperationalError: _from_database,
    InterfaceError: _from_database,
    Exception: _from_unexpected,
}
