"""Adding, moving, deleting and bringing back photos. The bytes decide identity: the same bytes are the same photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from parure import images, settings
from parure.errors import Conflict, NotFound
from parure.images import Header, Pixels
from parure.web.catalogue.models import Photo, Product, Source
from parure.web.catalogue.products import log, touch
from parure.web.catalogue.storage import THUMBNAIL_SIDES, Storage
from parure.web.catalogue.tagging import tag_products
from parure.web.catalogue.values import Writer

__all__ = [
    "QUERY_SIDE",
    "WORKING_SIDE",
    "Accepted",
    "accept",
    "all_stored",
    "attach",
    "claim",
    "delete_photo",
    "extension_of",
    "find_photo",
    "insert",
    "limits",
    "move_photo",
    "replace_photo",
    "restore_photo",
    "storage",
    "stored",
    "thumbnail",
    "why_not",
]

# Longest side in pixels that photos are decoded to for analysis: twice what the encoders look at, so that their
# own antialiased reduction decides, and enough for the grid thumbnail.
WORKING_SIDE = 576

# The same for pictures that are searched with, where pieces are looked for first: on a screenshot or a worn photo the
# piece is small, and it is read on what is cut out.
QUERY_SIDE = 2 * WORKING_SIDE


def storage() -> Storage:
    return Storage(settings.get().data)


def limits() -> images.Limits:
    chosen = settings.get()
    return images.Limits(max_bytes=chosen.max_image_bytes, max_pixels=chosen.max_image_pixels)


@dataclass(frozen=True, eq=False)
class Accepted:
    """A picture that decoded: its identity, measures and working pixels (longest side at most `WORKING_SIDE`)."""

    sha256: str
    header: Header
    size: int
    fingerprint: images.Fingerprint
    pixels: Pixels


def accept(data: bytes) -> Accepted:
    """Decode, keep the original and its grid thumbnail. No row yet. Raises `ImageError` or `StorageFull`."""
    picture = images.decode(data, limits=limits(), shrink_to=WORKING_SIDE)
    sha256 = images.sha256(data)
    store = storage()
    store.keep(sha256, picture.header.extension, data)
    side = THUMBNAIL_SIDES[0]
    store.keep_thumbnail(sha256, side, images.thumbnail(picture.pixels, side))
    return Accepted(sha256, picture.header, len(data), images.fingerprint(picture.pixels), picture.pixels)


@transaction.atomic
def attach(product: Product, photo: Accepted, by: Writer, *, file_name: str, source_name: str = "") -> Photo:
    """Give an accepted picture to a product, last in its gallery.

    A person may bring back a deleted photo or take one from another product by uploading it again; anyone else
    gets a `Conflict` that says whose it is.
    """
    known = stored(photo.sha256)
    if known is not None:
        claim(known, product, by)
        return known
    try:
        return insert(product, photo, by, file_name=file_name, source_name=source_name)
    except IntegrityError:  # another writer stored the same bytes a moment ago
        known = Photo.objects.select_related("product").get(sha256=photo.sha256)
        claim(known, product, by)
        return known


def stored(sha256: str) -> Photo | None:
    """The photo with these bytes, deleted or not."""
    return all_stored([sha256]).get(sha256)


def all_stored(hashes: Sequence[str]) -> dict[str, Photo]:
    """The photos with these bytes by hash, deleted or not."""
    return {photo.sha256: photo for photo in Photo.objects.select_related("product").filter(sha256__in=hashes)}


@transaction.atomic
def insert(product: Product, photo: Accepted, by: Writer, *, file_name: str, source_name: str = "") -> Photo:
    """A new row for bytes that are not stored yet; `IntegrityError` if they are."""
    row = Photo.objects.create(
        product=product,
        sha256=photo.sha256,
        position=_next_position(product),
        file_name=file_name[-1000:],
        source_name=source_name[-2000:],
        format=photo.header.format,
        width=photo.header.width,
        height=photo.header.height,
        size=photo.size,
        perceptual_hash=_signed(photo.fingerprint.perceptual),
        difference_hash=_signed(photo.fingerprint.difference),
        assigned_by=by.source,
    )
    touch(product)
    log("photo.added", by, product=product, photo=row, file_name=file_name)
    return row


@transaction.atomic
def claim(known: Photo, product: Product, by: Writer) -> bool:
    """Give a photo that is already stored to a product; True if that changed anything. See `attach`."""
    refusal = "" if by.source == Source.MANUAL else why_not(known, product.style_code)
    if refusal:
        raise Conflict(refusal)
    revived = known.deleted_at is not None
    if revived:
        restore_photo(known, by)
    if known.product_id == product.pk:
        return revived
    move_photo(known, product, by)
    return True


def why_not(known: Photo, style_code: str) -> str:
    """Why nobody but a person may give this photo to that product; empty if anybody may."""
    if known.deleted_at is not None:
        return f"{known.file_name} was deleted by a person; restore photo {known.pk} to use it again."
    elsewhere = known.product.style_code.lower() != style_code.lower()
    if elsewhere and known.assigned_by == Source.MANUAL:
        return f"{known.file_name} was given to {known.product.style_code} by a person and stays there."
    return ""


@transaction.atomic
def move_photo(photo: Photo, product: Product, by: Writer) -> Photo:
    """Give a photo to another product; both products' index payloads follow."""
    former = photo.product
    if former.pk == product.pk:
        return photo
    photo.product, photo.position, photo.assigned_by = product, _next_position(product), by.source
    photo.save(update_fields=["product", "position", "assigned_by"])
    touch(former)
    touch(product)
    tag_products([former.pk, product.pk])
    log("photo.moved", by, product=product, photo=photo, former=former.style_code)
    return photo


@transaction.atomic
def delete_photo(photo: Photo, by: Writer) -> None:
    """Take a photo out of sight and out of the index; the original stays and `restore_photo` undoes it."""
    photo.deleted_at = timezone.now()
    photo.save(update_fields=["deleted_at"])
    touch(photo.product)
    tag_products([photo.product_id])
    log("photo.deleted", by, product=photo.product, photo=photo)


@transaction.atomic
def restore_photo(photo: Photo, by: Writer) -> Photo:
    if photo.deleted_at is None:
        raise Conflict(f"Photo {photo.pk} is not deleted.")
    photo.deleted_at = None
    photo.save(update_fields=["deleted_at"])
    touch(photo.product)
    tag_products([photo.product_id])
    log("photo.restored", by, product=photo.product, photo=photo)
    return photo


@transaction.atomic
def replace_photo(old: Photo, photo: Accepted, by: Writer, *, file_name: str) -> Photo:
    """Put another picture in the place of `old`, which is kept as deleted."""
    new = attach(old.product, photo, by, file_name=file_name)
    if new.pk != old.pk:
        Photo.objects.filter(pk=new.pk).update(position=old.position)
        delete_photo(old, by)
        new.refresh_from_db()
    return new


def find_photo(number: int, *, deleted: bool = False) -> Photo:
    found = Photo.objects.select_related("product").filter(pk=number).first()
    hidden = found is not None and (found.deleted_at is not None or found.product.deleted_at is not None)
    if found is None or (hidden and not deleted):
        raise NotFound(f"There is no photo with the number {number}.")
    return found


def extension_of(photo: Photo) -> str:
    return Header(photo.format, photo.width, photo.height, 1).extension


def thumbnail(photo: Photo, side: int) -> bytes:
    """The WebP thumbnail, made from the original when it is missing; raises `ImageError` when that is gone too."""
    store = storage()
    path = store.thumbnail_path(photo.sha256, side)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        data = store.read(photo.sha256, extension_of(photo))
        made = images.thumbnail(images.decode(data, limits=limits(), shrink_to=side).pixels, side)
        store.keep_thumbnail(photo.sha256, side, made)
        return made


def _next_position(product: Product) -> int:
    last = Photo.objects.filter(product=product).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _signed(bits: int) -> int:
    """A 64-bit pattern as the signed number that databases store."""
    return bits - 2**64 if bits >= 2**63 else bits
