"""How good a photo is: pure measures on pixels, and the picture that explains each.

view         brightness at 384 px, colour at 192 px
ground       what is ground, what is piece
sharpness, exposure, framing, background, lettering      the measures
net          the small net that two of them ask; its weights lie in nets/
measure      all of them, and the table
piece        three of them for a piece that a model found
explain      pictures that show why
"""

from parure.images.quality.background import BACKGROUNDS
from parure.images.quality.explain import explain
from parure.images.quality.measure import MEASURES, Measure, Measured, measure
from parure.images.quality.piece import measure_piece

__all__ = ["BACKGROUNDS", "MEASURES", "Measure", "Measured", "explain", "measure", "measure_piece"]
