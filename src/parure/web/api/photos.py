"""Photos: list and upload for a product; read, move, replace, delete and bring back by number; their pictures."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any, Literal

from django.http import FileResponse, HttpResponse
from ninja import File, Path, Query, Router, Schema, Status, UploadedFile

from parure.errors import ImageError, ImageReason, ParureError, StorageFull
from parure.images import Header
from parure.web.api.auth import READ, WRITE, ApiRequest, writer
from parure.web.api.changes import MovePhoto
from parure.web.api.errors import REFUSALS, ErrorBody, ErrorDetail, detail_of
from parure.web.api.fields import Number
from parure.web.api.schemas import PhotoDetail, PhotoList, PhotoOut, UploadBody, UploadOut, UploadRefused
from parure.web.api.seeing import AnalysisOut
from parure.web.catalogue import photos
from parure.web.catalogue.models import Photo, Product
from parure.web.catalogue.products import find_product
from parure.web.catalogue.reader import get_view, photo_view
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import pieces_of
from parure.web.catalogue.values import Writer

__all__ = ["of_product", "router"]

of_product = Router(tags=["photos"])
router = Router(tags=["photos"])

# A photo's bytes never change under its number; a day bounds how long a deleted one is still shown by browsers.
_KEEP = "private, max-age=86400"
_REST = REFUSALS - {422}


class PhotoPath(Schema):
    number: Number


class SideQuery(Schema):
    side: Literal["320", "960"] = "320"


def _binary(media_type: str) -> dict[str, Any]:
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "The picture", "content": content}}}


@of_product.get("/{path:style_code}/photos", auth=READ, response={200: PhotoList, REFUSALS: ErrorBody})
def list_photos(request: ApiRequest, style_code: str) -> PhotoList:
    """The gallery of a product, in order."""
    return PhotoList.of(get_view(find_product(style_code)).photos)


@of_product.post(
    "/{path:style_code}/photos", auth=WRITE, response={201: UploadBody, 422: UploadRefused, _REST: ErrorBody}
)
def upload(
    request: ApiRequest, style_code: str, images: File[list[UploadedFile]]
) -> Status[UploadBody] | Status[UploadRefused]:
    """Add photos to a product, each file on its own: one that is refused does not keep the others out.

    They can be found as soon as the worker has looked at them, usually within a second.
    """
    product = find_product(style_code)
    results = [_add(product, file, writer(request)) for file in images]
    return _report(results)


@router.get("/{number}", auth=READ, response={200: PhotoDetail, REFUSALS: ErrorBody})
def read_photo(request: ApiRequest, path: Path[PhotoPath]) -> PhotoDetail:
    return _out(photos.find_photo(path.number))


@router.patch("/{number}", auth=WRITE, response={200: PhotoDetail, REFUSALS: ErrorBody})
def move_photo(request: ApiRequest, path: Path[PhotoPath], body: MovePhoto) -> PhotoDetail:
    """Give a photo to another product."""
    photo, product = photos.find_photo(path.number), find_product(body.style_code)
    return _out(photos.move_photo(photo, product, writer(request)))


@router.delete("/{number}", auth=WRITE, response={204: None, REFUSALS: ErrorBody})
def delete_photo(request: ApiRequest, path: Path[PhotoPath]) -> Status[None]:
    """Take a photo out of sight; the original stays and `restore` undoes it."""
    photos.delete_photo(photos.find_photo(path.number), writer(request))
    return Status(204, None)


@router.post("/{number}/restore", auth=WRITE, response={200: PhotoDetail, REFUSALS: ErrorBody})
def restore_photo(request: ApiRequest, path: Path[PhotoPath]) -> PhotoDetail:
    photo = photos.find_photo(path.number, deleted=True)
    return _out(photos.restore_photo(photo, writer(request)))


@router.post("/{number}/replace", auth=WRITE, response={200: PhotoDetail, REFUSALS: ErrorBody})
def replace_photo(request: ApiRequest, path: Path[PhotoPath], image: File[UploadedFile]) -> PhotoDetail:
    """Put another picture in this photo's place; the answer is the new photo, the old one is kept as deleted."""
    old, accepted = photos.find_photo(path.number), photos.accept(image.read())
    return _out(photos.replace_photo(old, accepted, writer(request), file_name=_name(image)))


@router.get(
    "/{number}/original", auth=READ, response={200: None, REFUSALS: ErrorBody}, openapi_extra=_binary("image/*")
)
def original(request: ApiRequest, path: Path[PhotoPath]) -> FileResponse:
    """The file as it was uploaded, byte for byte."""
    photo = photos.find_photo(path.number)
    kind = Header(photo.format, photo.width, photo.height).media_type
    headers = {"Cache-Control": _KEEP}
    return FileResponse(
        _stored(photo).open("rb"), filename=_printable(photo.file_name), content_type=kind, headers=headers
    )


@router.get(
    "/{number}/thumbnail", auth=READ, response={200: None, REFUSALS: ErrorBody}, openapi_extra=_binary("image/webp")
)
def thumbnail(request: ApiRequest, path: Path[PhotoPath], query: Query[SideQuery]) -> HttpResponse:
    """The picture as WebP, its longer side at most 320 or 960 pixels."""
    data = photos.thumbnail(photos.find_photo(path.number), int(query.side))
    return HttpResponse(data, content_type="image/webp", headers={"Cache-Control": _KEEP})


def _out(photo: Photo) -> PhotoDetail:
    encoder = runtime().serving().encoder
    pieces = pieces_of([photo.pk], encoder)[photo.pk]
    analysis = AnalysisOut.of(pieces, encoder=encoder) if pieces else None
    fields = PhotoOut.of(photo_view(photo)).model_dump()
    return PhotoDetail(**fields, style_code=photo.product.style_code, analysis=analysis)


def _add(product: Product, file: UploadedFile, by: Writer) -> UploadOut:
    """One file's fate. A full disk is nobody's file's fault and ends the request."""
    try:
        photo = photos.attach(product, photos.accept(file.read()), by, file_name=_name(file))
    except StorageFull:
        raise
    except ParureError as error:
        return UploadOut(file_name=_name(file), status="refused", error=detail_of(error))
    return UploadOut(file_name=_name(file), status="accepted", photo=PhotoOut.of(photo_view(photo)))


def _report(results: list[UploadOut]) -> Status[UploadBody] | Status[UploadRefused]:
    refused = [result for result in results if result.error]
    if len(refused) < len(results):
        body = UploadBody(accepted=len(results) - len(refused), refused=len(refused), results=results)
        return Status(201, body)
    first = refused[0].error or ErrorDetail(code="image", message="")
    message = first.message if len(refused) == 1 else f"None of the {len(refused)} files was accepted. {first.message}"
    error = ErrorDetail(code=first.code, message=message, field="images")
    return Status(422, UploadRefused(error=error, results=results))


def _stored(photo: Photo) -> FilePath:
    """Where the original lies; raises `ImageError` when it is gone."""
    store, extension = photos.storage(), photos.extension_of(photo)
    if not store.holds(photo.sha256, extension):
        message = f"The original of photo {photo.pk} is missing. Restore it from a backup or upload it again."
        raise ImageError(ImageReason.UNREADABLE, message)
    return store.path_of(photo.sha256, extension)


def _name(file: UploadedFile) -> str:
    return _printable(file.name or "") or "unnamed"


def _printable(name: str) -> str:
    """A header cannot hold line breaks, and file names may."""
    return "".join(character if character.isprintable() else "_" for character in name)
