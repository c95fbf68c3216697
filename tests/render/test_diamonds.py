"""How diamonds come out of few light paths: grey and white with a little fire, not the colours of opal."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("mitsuba", reason='tracing needs the extra "render"')
pytest.importorskip("pyoidn", reason='tracing needs the extra "render"')

from parure.regions import PartClass
from parure.render.dataset.shoot import shoot_one
from parure.render.spec import drawn, stream
from parure.render.tracer import Quality


def _saturation(samples: int) -> float:
    """Mean distance between the strongest and the weakest channel over small stones, of 255."""
    shot = shoot_one(drawn("y26", "ClusterRing", stream("y26")), 2, quality=Quality(96, samples, 8))
    stones = ((shot.labels & 15) == PartClass.SIDE_STONE) & (shot.pixels[..., 3] == 255)
    assert stones.sum() > 300
    return float(np.ptp(shot.pixels[stones, :3].astype(float), axis=1).mean())


def test_few_light_paths_do_not_colour_diamonds() -> None:
    assert _saturation(6) < 2.0 * _saturation(96)
