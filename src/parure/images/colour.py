"""Any pixel mode to 8-bit sRGB: deep grey is scaled, profiles are applied, alpha goes over white.

The steps are apart so that shrinking can happen between them: on 8-bit pixels, before the costly colour transform.
"""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

from parure.errors import ImageError, ImageReason

__all__ = ["eight_bits", "over_white", "to_srgb"]

_PLAIN = {"L", "LA", "RGB", "RGBA", "CMYK", "LAB"}
_CONVERT = {"1": "L", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB", "HSV": "RGB", "PA": "RGBA"}
_BITS_PER_SAMPLE, _PHOTOMETRIC, _WHITE_IS_ZERO = 258, 262, 0  # TIFF 6.0, section 8
_LARGEST_PROFILE = 4 * 2**20  # real CMYK profiles reach 2 to 3 MB
_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}  # profile's colour space -> Pillow mode


def eight_bits(image: Image.Image) -> Image.Image:
    """The loaded image in one of L, LA, RGB, RGBA, CMYK, LAB. Raises `ImageError` for numbers without a known scale."""
    if image.mode.startswith("I;16"):
        return _scaled_16_bit(image)
    if image.mode == "F":
        return _scaled_float(image)
    if image.mode == "P":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode in {"L", "RGB"} and "transparency" in image.info:
        return image.convert("LA" if image.mode == "L" else "RGBA")
    if image.mode in _PLAIN:
        return image
    if image.mode in _CONVERT:
        return image.convert(_CONVERT[image.mode])
    raise _no_scale(f"{image.mode} pixels")


def _scaled_16_bit(image: Image.Image) -> Image.Image:
    tags = getattr(image, "tag_v2", {})  # TIFF only
    bits = tags.get(_BITS_PER_SAMPLE, (16,))[0]
    deep = np.asarray(image)
    shallow = (deep >> (bits - 8)).astype(np.uint8)
    if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO:
        shallow = 255 - shallow
    grey = Image.fromarray(shallow)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey.putalpha(Image.fromarray(np.where(deep == transparent, 0, 255).astype(np.uint8)))
    return grey


def _scaled_float(image: Image.Image) -> Image.Image:
    """0 to 1 is the one scale that float pictures agree on; anything else is measurement, not a photo."""
    values = np.asarray(image)
    if not (values.min() >= 0 and values.max() <= 1):  # written so that NaN is refused too
        raise _no_scale("floating-point pixels outside 0 to 1")
    return Image.fromarray(np.rint(values * 255).astype(np.uint8))


def _no_scale(what: str) -> ImageError:
    return ImageError(ImageReason.UNSUPPORTED_FORMAT, f"The file holds {what}. Save it with 8 or 16 bits per channel.")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An image without alpha (L, RGB, CMYK, LAB) as RGB in sRGB; a broken or unfitting profile counts as none."""
    if image.mode == "LAB":
        return ImageCms.applyTransform(image, _from_lab()) or image
    mode, transform = _transform(profile) if profile and len(profile) <= _LARGEST_PROFILE else ("", None)
    if transform is None or mode not in {image.mode, "RGB" if image.mode == "L" else image.mode}:
        return image.convert("RGB")
    return ImageCms.applyTransform(image.convert(mode), transform) or image


@lru_cache(maxsize=16)
def _transform(profile: bytes) -> tuple[str, ImageCms.ImageCmsTransform | None]:
    """(mode the profile is for, transform to sRGB); no transform if it cannot be used or would change nothing."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _SPACES.get(source.profile.xcolor_space, "")
        transform = _build(source, mode) if mode else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return "", None
    return mode, transform if transform and not _changes_nothing(transform, mode) else None


def _build(source: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        source,
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Whether the profile is sRGB under any name: most are, and then the transform is time for nothing."""
    if mode != "RGB":
        return False
    steps = np.linspace(0, 255, 9).round().astype(np.uint8)
    colours = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(27, 27, 3)
    result = np.asarray(ImageCms.applyTransform(Image.fromarray(colours), transform))
    return int(np.abs(result.astype(int) - colours).max()) <= 2


@lru_cache(maxsize=1)
def _from_lab() -> ImageCms.ImageCmsTransform:
    return _build(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), "LAB")


def over_white(colour: Image.Image, alpha: Image.Image | None) -> Image.Image:
    """RGB over a white ground; `alpha` is L, or None for opaque."""
    if alpha is None:
        return colour
    ground = Image.new("RGB", colour.size, "white")
    ground.paste(colour, mask=alpha)
    return ground
