"""Boxes on pictures: pure geometry on arrays. Masks and part labels join with the detector."""

from parure.regions.boxes import Box, clip, from_pixels, iou, to_pixels, xywh, xyxy
from parure.regions.crop import crop

__all__ = ["Box", "clip", "crop", "from_pixels", "iou", "to_pixels", "xywh", "xyxy"]
