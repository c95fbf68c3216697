import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from parure.errors import ImageError, ImageReason
from parure.images import Header, decode, read_header
from tests.images.pictures import COLOURS, DATA, assert_colours, centres, encoded, photo, quadrants

WRITTEN = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "tiff": "TIFF", "gif": "GIF", "bmp": "BMP"}
TOLERANCE = {"jpeg": 4, "avif": 6, "heic": 4}


def file_of(name: str) -> bytes:
    return (DATA / "quadrants.heic").read_bytes() if name == "heic" else encoded(quadrants(), WRITTEN[name])


@pytest.mark.parametrize("name", [*WRITTEN, "heic"])
def test_every_format_gives_its_colours_and_its_header(name: str) -> None:
    data = file_of(name)
    picture = decode(data)
    assert picture.header == read_header(data) == Header(name, 64, 48, 1)
    assert picture.pixels.shape == (48, 64, 3)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    assert not picture.pixels.flags.writeable
    assert_colours(centres(picture.pixels), COLOURS, TOLERANCE.get(name, 0))


@pytest.mark.parametrize("name", [*WRITTEN, "heic"])
def test_every_format_has_an_extension_and_a_media_type(name: str) -> None:
    header = read_header(file_of(name))
    assert header.media_type == f"image/{name}"
    assert header.extension == {"jpeg": ".jpg", "tiff": ".tif"}.get(name, f".{name}")


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_several_frames_the_first_is_taken(name: str) -> None:
    later = [Image.new("RGB", (64, 48), colour) for colour in ("black", "white")]
    data = encoded(quadrants(), name, save_all=True, append_images=later, duration=100)
    assert_colours(centres(decode(data).pixels), COLOURS, 6)


def test_a_progressive_jpeg_is_read() -> None:
    assert_colours(centres(decode(encoded(quadrants(), "JPEG", progressive=True)).pixels), COLOURS, 4)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "jpeg", "packbits"])
def test_tiff_compressions_are_read(compression: str) -> None:
    assert_colours(centres(decode(encoded(quadrants(), "TIFF", compression=compression)).pixels), COLOURS, 6)


def test_a_big_tiff_is_read() -> None:
    assert_colours(centres(decode(encoded(quadrants(), "TIFF", big_tiff=True)).pixels), COLOURS)


def test_a_bitmap_stored_from_the_top_is_read() -> None:
    data = bytearray(encoded(quadrants().transpose(Image.Transpose.FLIP_TOP_BOTTOM), "BMP"))
    data[22:26] = (-48).to_bytes(4, "little", signed=True)
    assert_colours(centres(decode(bytes(data)).pixels), COLOURS)


def test_text_in_a_png_however_long_does_not_matter() -> None:
    text = PngInfo()
    text.add_text("workflow", "x" * 3_000_000, zip=True)
    assert_colours(centres(decode(encoded(quadrants(), "PNG", pnginfo=text)).pixels), COLOURS)


@pytest.mark.parametrize(("longest", "side"), [(1200, 640), (1200, 300), (1200, 100), (1200, 1199)])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_shrinking_on_load_gives_exactly_the_side_and_the_picture_of_a_full_decode(
    name: str, longest: int, side: int
) -> None:
    image = photo(longest, longest * 3 // 4)
    picture = decode(encoded(image, name), shrink_to=side)
    assert max(picture.pixels.shape) == side
    assert (picture.header.width, picture.header.height) == (longest, longest * 3 // 4)
    reference = image.resize(picture.pixels.shape[1::-1], Image.Resampling.LANCZOS)
    assert np.abs(np.asarray(reference, int) - picture.pixels).mean() < 3


def test_shrinking_never_enlarges() -> None:
    assert decode(encoded(quadrants(), "JPEG"), shrink_to=500).pixels.shape == (48, 64, 3)


def test_a_very_long_picture_keeps_at_least_one_pixel_of_its_short_side() -> None:
    assert decode(encoded(photo(4000, 16), "JPEG"), shrink_to=64).pixels.shape == (1, 64, 3)


@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_quick_shrinking_gives_the_same_picture_by_other_pixels(name: str) -> None:
    data = encoded(photo(512, 400), name)
    exact, quick = (decode(data, shrink_to=384, quick=how).pixels for how in (False, True))
    assert exact.shape == quick.shape == (300, 384, 3)
    assert 0 < np.abs(exact.astype(int) - quick).mean() < 2


def test_shrinking_to_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="shrink_to=0"):
        decode(encoded(quadrants(), "JPEG"), shrink_to=0)


def test_shrinking_weighs_colours_by_their_alpha() -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, ::2] = (255, 0, 0, 255)  # the columns between are transparent black, which must not darken the red
    shrunk = decode(encoded(Image.fromarray(pixels), "PNG"), shrink_to=32).pixels
    assert_colours(shrunk[16, 16], (255, 127, 127), 3)


def test_a_message_names_the_format_by_content() -> None:
    with pytest.raises(ImageError, match="PNG is cut short") as caught:
        decode(encoded(photo(64, 64), "PNG")[:2000])
    assert caught.value.reason is ImageReason.TRUNCATED
