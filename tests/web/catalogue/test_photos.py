"""Photos: identity by bytes, adding, moving, replacing, deleting, and the thumbnails made from them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from parure.errors import Conflict, ImageError, ImageReason, NotFound
from parure.web.catalogue.models import Photo, Product
from parure.web.catalogue.photos import (
    accept,
    attach,
    delete_photo,
    find_photo,
    move_photo,
    replace_photo,
    restore_photo,
    storage,
    thumbnail,
)
from parure.web.catalogue.products import write_product
from parure.web.catalogue.reader import get_view
from parure.web.catalogue.values import ProductChange, Writer

SHEET, PERSON = Writer("import", "test"), Writer("manual", "ana")
Make = Callable[..., bytes]

pytestmark = pytest.mark.usefixtures("any_database")


def product(code: str) -> Product:
    return write_product(code, ProductChange(), SHEET)[0]


def give(code: str, data: bytes, by: Writer = SHEET) -> Photo:
    return attach(product(code), accept(data), by, file_name="front.jpg")


def gallery(code: str) -> list[int]:
    return [photo.id for photo in get_view(product(code)).photos]


def test_the_original_is_kept_byte_for_byte(picture: Make) -> None:
    data = picture(1)
    photo = give("A-1", data)
    assert storage().read(photo.sha256, ".jpg") == data
    assert (photo.width, photo.height, photo.size) == (160, 120, len(data))


def test_the_same_bytes_are_the_same_photo(picture: Make) -> None:
    assert give("A-1", picture(1)).pk == give("A-1", picture(1)).pk
    assert gallery("A-1") == [Photo.objects.get().pk]


def test_photos_keep_the_order_in_which_they_came(picture: Make) -> None:
    photos = [give("A-1", picture(seed)).pk for seed in (3, 1, 2)]
    assert gallery("A-1") == photos


def test_moving_a_photo_changes_both_products(picture: Make) -> None:
    photo = give("A-1", picture(1))
    before = {p.style_code: p.revision for p in (product("A-1"), product("A-2"))}
    move_photo(photo, product("A-2"), PERSON)
    assert gallery("A-1") == []
    assert gallery("A-2") == [photo.pk]
    assert all(product(code).revision > revision for code, revision in before.items())


def test_an_import_does_not_take_back_what_a_person_moved(picture: Make) -> None:
    photo = give("A-1", picture(1))
    move_photo(photo, product("A-2"), PERSON)
    with pytest.raises(Conflict, match="A-2"):
        give("A-1", picture(1))
    assert gallery("A-2") == [photo.pk]


def test_an_import_does_not_bring_back_what_a_person_deleted_but_the_person_may(picture: Make) -> None:
    photo = give("A-1", picture(1))
    delete_photo(photo, PERSON)
    assert gallery("A-1") == []
    with pytest.raises(Conflict, match="deleted"):
        give("A-1", picture(1))
    give("A-1", picture(1), PERSON)
    assert gallery("A-1") == [photo.pk]


def test_deleting_can_be_undone_and_nothing_leaves_the_disk(picture: Make) -> None:
    photo = give("A-1", picture(1))
    delete_photo(photo, PERSON)
    with pytest.raises(NotFound):
        find_photo(photo.pk)
    assert storage().holds(photo.sha256, ".jpg")
    restore_photo(find_photo(photo.pk, deleted=True), PERSON)
    assert find_photo(photo.pk).pk == photo.pk


def test_a_replacement_takes_the_place_and_keeps_the_old_one_as_deleted(picture: Make) -> None:
    first, second = give("A-1", picture(1)), give("A-1", picture(2))
    new = replace_photo(first, accept(picture(3)), PERSON, file_name="better.jpg")
    assert gallery("A-1") == [new.pk, second.pk]
    assert find_photo(first.pk, deleted=True).deleted_at is not None


def test_a_file_that_is_no_picture_leaves_nothing_behind() -> None:
    with pytest.raises(ImageError) as caught:
        accept(b"not a picture at all")
    assert caught.value.reason is ImageReason.NOT_AN_IMAGE
    assert list(storage().originals()) == []


def test_a_lost_thumbnail_is_made_again(picture: Make) -> None:
    photo = give("A-1", picture(1, size=(900, 600)))
    path = storage().thumbnail_path(photo.sha256, 320)
    path.unlink()
    with Image.open(io.BytesIO(thumbnail(photo, 320))) as image:
        assert (image.format, image.size) == ("WEBP", (320, 213))
    assert path.exists()


def test_an_original_that_is_gone_is_named(picture: Make) -> None:
    photo = give("A-1", picture(1))
    storage().path_of(photo.sha256, ".jpg").unlink()
    with pytest.raises(ImageError, match=photo.sha256[:8]) as caught:
        thumbnail(photo, 960)
    assert caught.value.reason is ImageReason.UNREADABLE
