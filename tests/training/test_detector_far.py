"""Whole hands, ears and necks: small pieces, and none where the body is bare."""

from __future__ import annotations

import numpy as np
import pytest

from parure.render.spec import drawn, stream
from parure.render.tracer import Quality
from parure.training.detector_far import far_shots

pytest.importorskip("mitsuba", reason='tracing needs the extra "render"')

pytestmark = pytest.mark.slow
QUALITY = Quality(96, 3, 4)


@pytest.mark.parametrize("family", ["BandRing", "HoopEarrings", "PendantNecklace"])
def test_a_body_fills_the_picture_and_its_piece_is_small(family: str) -> None:
    spec = drawn(f"t-far-{family}", family, stream(f"t-far-{family}"))
    dressed, bare = far_shots(spec, quality=QUALITY, bare=True)
    body = np.count_nonzero(dressed.pixels[..., 3])
    assert body > 0.2 * QUALITY.size**2
    assert 0 < np.count_nonzero(dressed.labels) < 0.2 * body
    assert not bare.labels.any()
    assert np.count_nonzero(bare.pixels[..., 3]) > 0.9 * (body - np.count_nonzero(dressed.labels))
    again = far_shots(spec, quality=QUALITY, bare=False)[0]
    assert np.array_equal(again.pixels, dressed.pixels)
