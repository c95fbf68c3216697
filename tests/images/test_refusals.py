import pytest
from PIL import Image, ImageDraw

from parure.errors import ImageError, ImageReason
from parure.images import Limits, decode, read_header
from tests.images.pictures import encoded, photo, quadrants


def reason_of(data: bytes, limits: Limits) -> ImageReason:
    with pytest.raises(ImageError) as from_header:
        read_header(data, limits)
    with pytest.raises(ImageError) as from_decode:
        decode(data, limits=limits)
    assert from_header.value.reason is from_decode.value.reason
    return from_header.value.reason


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF", "BMP"])
def test_limits_hold_for_every_format_at_exactly_their_value(name: str) -> None:
    data = encoded(quadrants(64, 48), name)
    exact = Limits(max_bytes=len(data), max_pixels=64 * 48, min_side=48)
    assert decode(data, limits=exact).pixels.shape == (48, 64, 3)
    assert reason_of(data, Limits(max_bytes=len(data) - 1)) is ImageReason.TOO_MANY_BYTES
    assert reason_of(data, Limits(max_pixels=64 * 48 - 1)) is ImageReason.TOO_MANY_PIXELS
    assert reason_of(data, Limits(min_side=49)) is ImageReason.TOO_SMALL


def test_shrinking_below_the_smallest_side_is_no_refusal() -> None:
    assert decode(encoded(photo(800, 600), "JPEG"), shrink_to=8).pixels.shape == (6, 8, 3)


def test_the_message_gives_the_numbers_and_what_to_do() -> None:
    with pytest.raises(ImageError, match=r"64 x 48 = 0\.0 megapixels, more than the 0\.0 allowed.*smaller"):
        read_header(encoded(quadrants(), "PNG"), Limits(max_pixels=100))


def test_a_header_is_read_without_the_pixels_behind_it() -> None:
    data = encoded(photo(640, 480), "JPEG")
    cut = data[: len(data) // 2]
    assert read_header(cut).width == 640
    with pytest.raises(ImageError) as caught:
        decode(cut)
    assert caught.value.reason is ImageReason.TRUNCATED


@pytest.mark.parametrize("name", ["WEBP", "AVIF", "TIFF", "PNG"])
def test_a_large_picture_of_very_few_bytes_is_taken_for_bait_and_a_drawn_one_is_not(name: str) -> None:
    options = {"WEBP": {"lossless": True, "method": 0}, "AVIF": {"speed": 10}, "TIFF": {"compression": "group4"}}
    image = Image.new(
        "1" if name in {"TIFF", "PNG"} else "RGB", (5000, 4000), 1 if name in {"TIFF", "PNG"} else "white"
    )
    data = encoded(image, name, **options.get(name, {}))
    blank = len(data) * 8192 < 20_000_000
    assert blank == (name in {"WEBP", "AVIF", "TIFF"}), len(data)
    if blank:
        assert reason_of(data, Limits()) is ImageReason.TRUNCATED
    ImageDraw.Draw(image).ellipse((1000, 500, 4000, 3500), outline=0, width=300)
    assert read_header(encoded(image, name, **options.get(name, {}))).width == 5000
