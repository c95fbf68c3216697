"""The one door from bytes to pixels: safe decoding, fingerprints, thumbnails. Pure: bytes and arrays in and out."""

from parure.images.decode import decode, read_header
from parure.images.fingerprint import Fingerprint, fingerprint, hamming, perceptual_views, sha256
from parure.images.picture import Header, Limits, Picture, Pixels
from parure.images.resize import letterbox, thumbnail

__all__ = [
    "Fingerprint",
    "Header",
    "Limits",
    "Picture",
    "Pixels",
    "decode",
    "fingerprint",
    "hamming",
    "letterbox",
    "perceptual_views",
    "read_header",
    "sha256",
    "thumbnail",
]
