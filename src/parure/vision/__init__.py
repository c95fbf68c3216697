"""Seeing: contracts for models and the adapters that run them."""

from parure.vision.base import Encoder, Pixels, Vectors

__all__ = ["Encoder", "Pixels", "Vectors"]
