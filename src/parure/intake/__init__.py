"""What a person hands in: folders, zips, photos and sheets, turned into a plan of products. Pure: no database."""

from parure.intake.discovery import discover
from parure.intake.found import Found, FoundFile, Rejection

__all__ = ["Found", "FoundFile", "Rejection", "discover"]
