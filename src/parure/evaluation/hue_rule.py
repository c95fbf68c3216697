"""The metal's colour by a rule set by hand: the baseline that a reader of colours must clear.

Of the piece's pixels (whatever is not like the rim of the picture), those of a metal's hue and moderate colour vote.
Warm hues from orange to yellow-green are gold, a little redder and paler ones rose, grey ones white. The borders were
set by eye on our own renders of the three colours, not fitted.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from parure.images.resize import shrink
from parure.vision.base import Pixels
from parure.vision.colour import backdrop

__all__ = ["metal_colour_by_hue"]

SIDE = 160  # pixels looked at
_GREY = 40  # saturation of 255 up to which a pixel is grey
_GOLD = (18, 46)  # hue of 256: 25 to 65 degrees
_ROSE_BELOW = 18  # and from red
_STRONG = 200  # saturation of 255 from which a warm pixel is more likely enamel, stone or wood
_SEEN = (30, 250)  # value of 255: neither shadow nor a burnt-out light
_WARM_SHARE = 0.25  # of the votes: steel mirrors warm rooms, gold is never mostly grey


def metal_colour_by_hue(pixels: Pixels) -> str:
    """ "yellow", "white" or "rose" for (h, w, 3) pixels."""
    small = shrink(Image.fromarray(pixels), SIDE)
    piece = ~backdrop(np.asarray(small))
    hue, saturation, value = (np.asarray(channel).astype(int) for channel in small.convert("HSV").split())
    seen = piece & (value >= _SEEN[0]) & (value <= _SEEN[1])
    warm = seen & (saturation > _GREY) & (saturation < _STRONG)
    gold = int((warm & (hue >= _GOLD[0]) & (hue <= _GOLD[1])).sum())
    rose = int((warm & ((hue < _ROSE_BELOW) | (hue > 245))).sum())
    grey = int((seen & (saturation <= _GREY)).sum())
    if gold + rose <= _WARM_SHARE * (gold + rose + grey):
        return "white"
    return "rose" if rose > gold else "yellow"
