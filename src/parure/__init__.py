"""Parure: from a heap of jewellery photos to a catalogue that can be searched by picture and by words."""

__version__ = "0.1.0"
