import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from parure.images import decode, read_header
from parure.images.orientation import exif_orientation
from tests.images.pictures import BLUE, COLOURS, DATA, GREEN, RED, YELLOW, assert_colours, centres, encoded, quadrants

# Which stored quarter must appear top left, top right, bottom left, bottom right; EXIF 2.32, table 6 of tag 0x0112.
SHOWN = {
    1: (RED, GREEN, BLUE, YELLOW),
    2: (GREEN, RED, YELLOW, BLUE),
    3: (YELLOW, BLUE, GREEN, RED),
    4: (BLUE, YELLOW, RED, GREEN),
    5: (RED, BLUE, GREEN, YELLOW),
    6: (BLUE, RED, YELLOW, GREEN),
    7: (YELLOW, GREEN, BLUE, RED),
    8: (GREEN, YELLOW, RED, BLUE),
}


def block(value: int, order: str = "<") -> bytes:
    """An EXIF block with nothing but the orientation."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return b"Exif\0\0" + mark + struct.pack(order + "LHHHLHHL", 8, 1, 0x0112, 3, 1, value, 0, 0)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", SHOWN)
def test_the_picture_is_upright_and_the_header_tells_the_size_as_shown(orientation: int, name: str) -> None:
    options = {"tiffinfo": {274: orientation}} if name == "TIFF" else {"exif": block(orientation)}
    data = encoded(quadrants(), name, **options)
    picture = decode(data)
    header = read_header(data)
    assert header == picture.header
    assert header.orientation == orientation
    assert (header.width, header.height) == ((48, 64) if orientation >= 5 else (64, 48))
    assert picture.pixels.shape == (header.height, header.width, 3)
    assert picture.pixels.flags.c_contiguous
    assert_colours(centres(picture.pixels), SHOWN[orientation], 6)


def test_a_turned_picture_can_be_shrunk() -> None:
    picture = decode(encoded(quadrants(640, 480), "JPEG", exif=block(6)), shrink_to=64)
    assert picture.pixels.shape == (64, 48, 3)
    assert_colours(centres(picture.pixels), SHOWN[6], 6)


def test_a_heic_is_turned_once_by_its_container_and_not_again_by_its_exif() -> None:
    picture = decode((DATA / "turned.heic").read_bytes())
    assert (picture.header.width, picture.header.height, picture.header.orientation) == (48, 64, 1)
    assert_colours(centres(picture.pixels), SHOWN[6], 4)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("prefix", [b"Exif\0\0", b""])
def test_both_byte_orders_are_read_with_and_without_prefix(order: str, prefix: bytes) -> None:
    assert exif_orientation(prefix + block(6, order).removeprefix(b"Exif\0\0")) == 6


@pytest.mark.parametrize("value", [0, 9, 255, 65535])
def test_an_orientation_that_does_not_exist_counts_as_upright(value: int) -> None:
    assert_colours(centres(decode(encoded(quadrants(), "JPEG", exif=block(value))).pixels), COLOURS, 4)


@pytest.mark.parametrize("cut", range(6, 26, 3))
def test_a_damaged_block_costs_only_the_orientation(cut: int) -> None:
    assert_colours(centres(decode(encoded(quadrants(), "WEBP", exif=block(6)[:cut])).pixels), COLOURS)


@given(st.binary(max_size=200), st.sampled_from([b"", b"II*\0", b"MM\0*", b"Exif\0\0II*\0\x08\0\0\0"]))
def test_any_block_gives_an_orientation_from_1_to_8(tail: bytes, head: bytes) -> None:
    assert 1 <= exif_orientation(head + tail) <= 8


def test_turning_agrees_with_pillow_on_every_pixel() -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8))
    for orientation in SHOWN:
        data = encoded(noise, "PNG", exif=block(orientation))
        with Image.open(io.BytesIO(data)) as image:
            assert_colours(decode(data).pixels, np.asarray(ImageOps.exif_transpose(image)))
