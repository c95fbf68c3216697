"""Boxes on pictures: pure geometry on arrays. Masks and part labels join with the detector."""
