import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from parure.errors import ImageError, ImageReason
from parure.images import decode
from tests.images.pictures import (
    ADOBE,
    ADOBE_GAMMA,
    COLOURS,
    RED,
    SRGB,
    assert_colours,
    centres,
    cmyk_profile,
    encoded,
    grey_profile,
    photo,
    quadrants,
    rgb_profile,
)


def flat(colour: object, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (32, 32), colour)  # type: ignore[arg-type]


def middle(data: bytes) -> np.ndarray:
    return decode(data).pixels[16, 16]


def in_srgb(colour: tuple[int, int, int], primaries: object, gamma: float) -> np.ndarray:
    """The sRGB colour (0..255) of one in a matrix space, by the equations of IEC 61966-2-1."""
    xyz = np.array(primaries).T @ (np.array(colour) / 255) ** gamma
    linear = np.linalg.solve(np.array(SRGB).T, xyz)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055) * 255


@pytest.mark.parametrize("colour", [(200, 120, 90), (90, 140, 120), (128, 128, 128), (120, 110, 180)])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_wide_profile_is_converted_to_srgb(name: str, colour: tuple[int, int, int]) -> None:
    data = encoded(flat(colour), name, icc_profile=rgb_profile(ADOBE, ADOBE_GAMMA))
    expected = in_srgb(colour, ADOBE, ADOBE_GAMMA)
    assert_colours(middle(data), expected.round(), 4)


def test_a_profile_that_swaps_red_and_green_swaps_them() -> None:
    red_green_swapped = (SRGB[1], SRGB[0], SRGB[2])
    data = encoded(flat((255, 0, 0)), "PNG", icc_profile=rgb_profile(red_green_swapped, 2.2))
    assert_colours(middle(data), (0, 255, 0), 3)


def test_a_profile_that_is_srgb_changes_no_pixel() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = photo(40, 30)
    assert_colours(decode(encoded(image, "PNG", icc_profile=profile)).pixels, np.asarray(image))


@pytest.mark.parametrize(
    "profile",
    [b"", b"\0" * 128, b"not a profile at all", rgb_profile(ADOBE, 2.2)[:200], bytes(range(256)) * 40],
    ids=["empty", "zeros", "text", "truncated", "pattern"],
)
def test_a_broken_profile_is_ignored(profile: bytes) -> None:
    assert_colours(centres(decode(encoded(quadrants(), "PNG", icc_profile=profile)).pixels), COLOURS)


def test_a_profile_for_another_kind_of_pixel_is_ignored() -> None:
    assert_colours(middle(encoded(flat(RED), "PNG", icc_profile=grey_profile(1.0))), RED)
    assert_colours(middle(encoded(flat(RED), "PNG", icc_profile=cmyk_profile((150, 90, 90)))), RED)


def test_grey_with_a_linear_profile_becomes_lighter() -> None:
    data = encoded(flat(128, "L"), "PNG", icc_profile=grey_profile(1.0))
    assert_colours(middle(data), (188, 188, 188), 2)  # 0.502 in linear light is 0.737 in sRGB


def test_grey_with_a_colour_profile_is_converted_as_colour() -> None:
    data = encoded(flat(100, "L"), "PNG", icc_profile=rgb_profile(SRGB, 1.0))
    assert_colours(middle(data), in_srgb((100, 100, 100), SRGB, 1.0).round(), 2)


def test_alpha_survives_a_profile() -> None:
    data = encoded(flat((255, 0, 0, 0), "RGBA"), "PNG", icc_profile=rgb_profile(ADOBE, ADOBE_GAMMA))
    assert_colours(middle(data), (255, 255, 255))


def test_cmyk_jpeg_by_adobe_convention_is_not_a_negative() -> None:
    cyan = encoded(flat((255, 0, 0, 0), "CMYK"), "JPEG")  # Pillow writes the inverted form with an Adobe marker
    assert b"Adobe" in cyan
    assert_colours(middle(cyan), (0, 255, 255), 6)
    assert_colours(middle(encoded(flat((0, 0, 0, 255), "CMYK"), "JPEG")), (0, 0, 0), 6)


def test_cmyk_tiff_is_read() -> None:
    assert_colours(middle(encoded(flat((0, 255, 0, 0), "CMYK"), "TIFF")), (255, 0, 255))


def test_cmyk_goes_through_its_profile() -> None:
    dull_cyan = (140, 100, 98)  # L* 55, a* -28, b* -30
    profile = cmyk_profile(dull_cyan)
    found = [middle(encoded(flat(ink, "CMYK"), "TIFF", icc_profile=profile)) for ink in ((0,) * 4, (255, 0, 0, 0))]
    assert_colours(found[0], (255, 255, 255), 2)
    assert_colours(found[1], (0, 146, 183), 6)  # that Lab colour in sRGB, red clipped at the gamut's border


def test_lab_tiff_is_read() -> None:
    image = Image.merge("LAB", [Image.new("L", (32, 32), value) for value in (128, 128, 128)])
    assert_colours(middle(encoded(image, "TIFF")), (119, 119, 119), 2)  # L* 50


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_16_bit_grey_is_scaled_not_clipped(name: str) -> None:
    ramp = np.tile(np.linspace(0, 65535, 32).round().astype(np.uint16), (32, 1))
    pixels = decode(encoded(Image.fromarray(ramp), name)).pixels
    assert_colours(pixels[..., 0], ramp >> 8, 1)
    assert (pixels == pixels[..., :1]).all()


def test_16_bit_grey_tiff_of_the_other_byte_order_is_scaled() -> None:
    ramp = np.tile(np.linspace(0, 65535, 32).round().astype(np.uint16), (32, 1))
    image = Image.frombytes("I;16B", (32, 32), ramp.astype(">u2").tobytes())
    assert_colours(decode(encoded(image, "TIFF")).pixels[..., 0], ramp >> 8, 1)


def tiff(pixels: bytes, *, samples: int, bits: int, photometric: int, sample_format: int = 1) -> bytes:
    """A 32 x 32 little-endian TIFF in one strip, for kinds that Pillow does not write; TIFF 6.0, section 2."""
    wide = struct.pack(f"<{samples}H", *[bits] * samples)
    fields = [(256, 3, 1, 32), (257, 3, 1, 32), (259, 3, 1, 1), (262, 3, 1, photometric), (277, 3, 1, samples)]
    fields += [(278, 3, 1, 32), (279, 4, 1, len(pixels)), (339, 3, 1, sample_format)]
    at = 8 + 2 + 12 * (len(fields) + 2) + 4
    fields += [(258, 3, samples, bits if samples == 1 else at), (273, 4, 1, at + len(wide))]
    entries = b"".join(struct.pack("<HHLL", *field) for field in sorted(fields))
    return b"II*\0" + struct.pack("<LH", 8, len(fields)) + entries + b"\0\0\0\0" + wide + pixels


def test_16_bit_colour_is_scaled() -> None:
    colour = np.array([65535, 32768, 257], "<u2")
    data = tiff(np.tile(colour, 32 * 32).tobytes(), samples=3, bits=16, photometric=2)
    assert_colours(middle(data), (255, 128, 1))


def test_16_bit_colour_png_is_scaled() -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))

    rows = (b"\0" + struct.pack(">3H", 65535, 32768, 257) * 32) * 32
    header = struct.pack(">LLBBBBB", 32, 32, 16, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    assert_colours(middle(data), (255, 128, 1))


def test_16_bit_grey_with_white_as_zero_is_inverted() -> None:
    data = tiff(np.full(1024, 65535, "<u2").tobytes(), samples=1, bits=16, photometric=0)
    assert_colours(middle(data), (0, 0, 0))


def test_12_bit_grey_is_scaled_by_12_bits() -> None:
    data = tiff(b"\x80\x08\x00" * 512, samples=1, bits=12, photometric=1)  # two samples of 0x800 in three bytes
    assert_colours(middle(data), (128, 128, 128))


def test_float_pixels_between_0_and_1_are_scaled() -> None:
    assert_colours(middle(encoded(flat(0.5, "F"), "TIFF")), (128, 128, 128), 1)


@pytest.mark.parametrize("value", [2.0, -0.5, float("nan"), float("inf")])
def test_float_pixels_of_no_known_scale_are_refused(value: float) -> None:
    with pytest.raises(ImageError, match="8 or 16 bits") as caught:
        decode(encoded(flat(value, "F"), "TIFF"))
    assert caught.value.reason is ImageReason.UNSUPPORTED_FORMAT


def test_32_bit_integers_are_refused() -> None:
    with pytest.raises(ImageError) as caught:
        decode(encoded(flat(70000, "I"), "TIFF"))
    assert caught.value.reason is ImageReason.UNSUPPORTED_FORMAT


def test_a_palette_becomes_its_colours() -> None:
    assert_colours(centres(decode(encoded(quadrants().quantize(4), "PNG")).pixels), COLOURS, 2)


def test_a_transparent_palette_colour_becomes_white() -> None:
    image = quadrants().quantize(4)
    clear = image.getpixel((5, 5))
    for data in (encoded(image, "PNG", transparency=clear), encoded(image, "GIF", transparency=clear)):
        found = centres(decode(data).pixels)
        assert_colours(found, [(255, 255, 255), *COLOURS[1:]], 2)


def test_a_palette_with_many_degrees_of_transparency_is_blended() -> None:
    image = flat(0, "P")
    image.putpalette([255, 0, 0] * 256)
    assert_colours(middle(encoded(image, "PNG", transparency=bytes([128] * 256))), (255, 127, 127), 1)


@pytest.mark.parametrize("name", ["PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(
    ("colour", "shown"),
    [((255, 0, 0, 128), (255, 127, 127)), ((0, 0, 0, 0), (255, 255, 255)), ((10, 20, 30, 255), (10, 20, 30))],
)
def test_alpha_goes_over_white(name: str, colour: tuple[int, ...], shown: tuple[int, ...]) -> None:
    options = {"exact": True} if name == "WEBP" else {}
    assert_colours(middle(encoded(flat(colour, "RGBA"), name, **options)), shown, 3)


def test_grey_with_alpha_goes_over_white() -> None:
    assert_colours(middle(encoded(flat((0, 128), "LA"), "PNG")), (127, 127, 127), 1)


@pytest.mark.parametrize(("mode", "colour"), [("L", 77), ("RGB", (1, 2, 3))])
def test_a_single_transparent_colour_becomes_white(mode: str, colour: object) -> None:
    assert_colours(middle(encoded(flat(colour, mode), "PNG", transparency=colour)), (255, 255, 255))


def test_a_transparent_value_of_16_bit_grey_becomes_white() -> None:
    image = Image.fromarray(np.full((32, 32), 1000, np.uint16))
    assert_colours(middle(encoded(image, "PNG", transparency=1000)), (255, 255, 255))


@pytest.mark.parametrize("name", ["PNG", "TIFF", "BMP", "GIF"])
def test_one_bit_is_black_and_white(name: str) -> None:
    image = Image.new("1", (32, 32), 0)
    image.paste(1, (0, 0, 16, 32))
    pixels = decode(encoded(image, name)).pixels
    assert_colours((pixels[5, 5], pixels[5, 25]), ((255,) * 3, (0,) * 3))
