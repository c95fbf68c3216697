"""Bytes to pixels: the one door. Decoding, colour, orientation, fingerprints, thumbnails. Pure: no state, no paths."""
