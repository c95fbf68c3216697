import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from parure.images import decode, fingerprint, hamming, sha256
from parure.images.fingerprint import Fingerprint
from tests.images.pictures import encoded, photo

numbers = st.integers(0, 2**64 - 1)


def of(image: Image.Image) -> Fingerprint:
    return fingerprint(np.asarray(image))


@given(numbers, numbers, numbers)
def test_hamming_is_a_distance(a: int, b: int, c: int) -> None:
    assert hamming(a, a) == 0
    assert hamming(a, b) == hamming(b, a) <= 64
    assert hamming(a, c) <= hamming(a, b) + hamming(b, c)


def test_sha256_is_that_of_the_bytes() -> None:
    assert sha256(b"ring") == hashlib.sha256(b"ring").hexdigest()


@pytest.mark.parametrize("seed", range(10))
def test_scaling_recompressing_and_blurring_keep_a_picture_near_itself(seed: int) -> None:
    image = photo(400, 300, seed)
    original = of(image)
    changed = [
        of(image.resize((200, 150), Image.Resampling.LANCZOS)),
        fingerprint(decode(encoded(image, "JPEG", quality=40), shrink_to=64).pixels),
        of(image.filter(ImageFilter.GaussianBlur(1))),
        of(Image.eval(image, lambda value: min(255, int(value * 0.9) + 12))),
    ]
    for other in changed:
        assert hamming(original.perceptual, other.perceptual) <= 8
        assert hamming(original.difference, other.difference) <= 8


def test_different_pictures_are_far_apart() -> None:
    prints = [of(photo(200, 150, seed)) for seed in range(20)]
    pairs = [(a, b) for i, a in enumerate(prints) for b in prints[:i]]
    assert min(hamming(a.perceptual, b.perceptual) for a, b in pairs) >= 14
    assert 28 <= np.mean([hamming(a.perceptual, b.perceptual) for a, b in pairs]) <= 36


@settings(deadline=None)
@given(st.integers(0, 255), st.integers(1, 300), st.integers(1, 300))
def test_a_flat_picture_has_fingerprints_of_0(value: int, width: int, height: int) -> None:
    assert fingerprint(np.full((height, width, 3), value, np.uint8)) == Fingerprint(0, 0)


def test_the_perceptual_hash_is_that_of_the_cosine_transform_written_out() -> None:
    grey = np.asarray(photo(32, 32).convert("L"), float)
    n = np.arange(32)

    def frequency(u: int, v: int) -> float:
        rows = np.cos(np.pi * u * (2 * n[:, None] + 1) / 64)
        return float((grey * rows * np.cos(np.pi * v * (2 * n[None] + 1) / 64)).sum() / 16)

    low = np.array([[frequency(u, v) for v in range(1, 9)] for u in range(1, 9)])
    bits = "".join("1" if value > np.median(low) else "0" for value in low.ravel())
    assert of(photo(32, 32).convert("L").convert("RGB")).perceptual == int(bits, 2)


def test_the_difference_hash_tells_where_it_gets_lighter_to_the_right() -> None:
    ramp = np.repeat(np.tile(np.linspace(0, 255, 9).astype(np.uint8), (8, 1))[..., None], 3, -1)
    assert fingerprint(ramp).difference == 2**64 - 1
    assert fingerprint(ramp[:, ::-1]).difference == 0


def test_a_transparent_border_of_bits_is_read_high_first() -> None:
    pixels = np.zeros((8, 9, 3), np.uint8)
    pixels[0, 1:] = 255  # only the first comparison of the first row rises
    assert fingerprint(pixels).difference == 1 << 63
