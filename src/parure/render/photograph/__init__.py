"""From rendered cut-outs to photographs, fast enough to be made while training: numpy and Pillow only.

`photograph(cutouts, random)` gives a `Scene`, `screenshot(main, others, random)` a phone screen that shows it. What may
happen to a picture, and how often, is the `Style`: one visible table of effects, each of which can be switched off.

    style, values                     the recipe; cut-out, scene
    noise, hard_grounds, soft_grounds, grounds     what the piece lies on
    lettering, props, staging         words; things around the piece
    layout, compose                   where it lies; pixels and labels through the same map
    light, wear, camera, overlays     what changes only light, and borders
    scene; screen, phone              the two entries
"""

from parure.render.photograph.phone import Screenshot, screenshot
from parure.render.photograph.scene import photograph
from parure.render.photograph.screen import Shown
from parure.render.photograph.style import EFFECTS, MOVING, Style
from parure.render.photograph.values import Cutout, Placed, Scene

__all__ = ["EFFECTS", "MOVING", "Cutout", "Placed", "Scene", "Screenshot", "Shown", "Style", "photograph", "screenshot"]
