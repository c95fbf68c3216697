"""Boxes and parts on pictures: pure geometry on arrays."""

from parure.regions.boxes import Box, clip, from_pixels, iou, to_pixels, xywh, xyxy
from parure.regions.crop import crop
from parure.regions.parts import PartClass

__all__ = ["Box", "PartClass", "clip", "crop", "from_pixels", "iou", "to_pixels", "xywh", "xyxy"]
