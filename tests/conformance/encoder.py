"""What every encoder has to do. A test class inherits `EncoderConformance` and has a fixture `encoder`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parure.errors import TextNotSupported
from parure.vision import Encoder, Pixels, Vectors

__all__ = ["EncoderConformance", "drawn_ring"]

CLOSE = 1e-4  # of a coordinate: a different batch size adds up in a different order
SAME_PICTURE = 0.95  # similarity of a picture with its own copy at half the size


def drawn_ring(seed: int, *, side: int = 200) -> Pixels:
    """A ring with a stone on a plain ground, both coloured by chance: the least that looks like a product photo."""
    rng = np.random.default_rng(seed)
    ground, metal, stone = (tuple(int(v) for v in rng.integers(0, 256, 3)) for _ in range(3))
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    left, top = (int(v) for v in rng.integers(side // 10, side // 4, 2))
    size = int(rng.integers(side // 3, side * 2 // 3))
    draw.ellipse((left, top, left + size, top + size), outline=metal, width=int(rng.integers(4, side // 10)))
    gem = int(rng.integers(side // 12, side // 6))
    draw.regular_polygon((left + size // 2, top, gem), n_sides=int(rng.integers(3, 9)), fill=stone)
    return np.asarray(image)


class EncoderConformance:
    @pytest.fixture
    def pictures(self) -> list[Pixels]:
        return [drawn_ring(seed, side=400 + 37 * seed) for seed in range(7)]

    @pytest.fixture
    def vectors(self, encoder: Encoder, pictures: list[Pixels]) -> Vectors:
        return encoder.encode_images(pictures)

    def test_rows_are_unit_float32_of_the_declared_dimension(self, encoder: Encoder, vectors: Vectors) -> None:
        assert vectors.shape == (7, encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_it_names_its_version_and_sizes(self, encoder: Encoder) -> None:
        assert encoder.version.strip() == encoder.version != ""
        assert encoder.dimension > 0
        assert encoder.input_side > 0
        assert encoder.batch_size > 0

    def test_a_batch_gives_what_single_pictures_give(
        self, encoder: Encoder, pictures: list[Pixels], vectors: Vectors
    ) -> None:
        singles = np.concatenate([encoder.encode_images([picture]) for picture in pictures])
        np.testing.assert_allclose(vectors, singles, atol=CLOSE)

    def test_the_order_is_kept_past_one_batch(self, encoder: Encoder, pictures: list[Pixels], vectors: Vectors) -> None:
        order = [index % len(pictures) for index in range(encoder.batch_size + 3)][::-1]
        again = encoder.encode_images([pictures[index] for index in order])
        np.testing.assert_allclose(again, vectors[order], atol=CLOSE)

    def test_the_same_pictures_give_the_same_numbers(
        self, encoder: Encoder, pictures: list[Pixels], vectors: Vectors
    ) -> None:
        np.testing.assert_array_equal(encoder.encode_images(pictures), vectors)

    def test_different_pictures_differ(self, vectors: Vectors) -> None:
        similarity = vectors @ vectors.T
        np.fill_diagonal(similarity, -1)
        assert similarity.max() < 0.999

    def test_a_picture_at_half_the_size_is_nearest_to_itself(
        self, encoder: Encoder, pictures: list[Pixels], vectors: Vectors
    ) -> None:
        halves = [np.asarray(Image.fromarray(p).resize((len(p) // 2, len(p) // 2))) for p in pictures]
        similarity = encoder.encode_images(halves) @ vectors.T
        assert similarity.argmax(axis=1).tolist() == list(range(len(pictures)))
        assert similarity.diagonal().min() > SAME_PICTURE

    @pytest.mark.parametrize("shape", [(1, 400), (400, 1), (1, 1), (3, 2), (20, 3000), (301, 299)])
    def test_odd_sizes_give_unit_rows(self, encoder: Encoder, shape: tuple[int, int]) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
        np.testing.assert_allclose(np.linalg.norm(encoder.encode_images([noise]), axis=1), 1, atol=1e-5)

    @pytest.mark.parametrize("level", [0, 128, 255])
    def test_one_flat_grey_gives_a_unit_row(self, encoder: Encoder, level: int) -> None:
        flat = np.full((50, 80, 3), level, np.uint8)
        np.testing.assert_allclose(np.linalg.norm(encoder.encode_images([flat]), axis=1), 1, atol=1e-5)

    def test_pixels_that_cannot_be_written_or_are_not_contiguous_are_taken(self, encoder: Encoder) -> None:
        picture = drawn_ring(3)
        turned = picture[:, ::-1]
        picture.flags.writeable = False
        np.testing.assert_array_equal(
            encoder.encode_images([picture, turned]), encoder.encode_images([picture, np.ascontiguousarray(turned)])
        )

    def test_no_picture_gives_no_row(self, encoder: Encoder) -> None:
        assert encoder.encode_images([]).shape == (0, encoder.dimension)

    def test_threads_get_their_own_answers(self, encoder: Encoder, pictures: list[Pixels], vectors: Vectors) -> None:
        order = [0, 3, 1, 6, 2, 5, 4, 0, 6, 3, 1, 2]
        with ThreadPoolExecutor(6) as pool:
            rows = list(pool.map(lambda index: encoder.encode_images([pictures[index]])[0], order))
        np.testing.assert_allclose(np.stack(rows), vectors[order], atol=CLOSE)

    def test_it_says_truly_whether_it_reads_words(self, encoder: Encoder) -> None:
        if encoder.supports_text:
            rows = encoder.encode_texts(["a gold ring", "a silver chain"])
            assert rows.shape == (2, encoder.dimension)
            np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        else:
            with pytest.raises(TextNotSupported, match=encoder.version):
                encoder.encode_texts(["a gold ring"])
