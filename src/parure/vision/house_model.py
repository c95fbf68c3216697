"""The analyser that ships: find the pieces, cut each one out, read it.

Three ONNX files and the manifest that ties them: a detector, a reader and, where the set has one, a text tower in the
space of the reader's vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from parure import settings, taxonomy
from parure.regions import Box, clip, crop, from_pixels, to_pixels
from parure.vision.analysis import WHOLE, Analyser, Analysis, Detection, Reading, SeenPiece
from parure.vision.base import Pixels
from parure.vision.detector import Detector, main_first
from parure.vision.evidence import evidence_of_types, in_pairs
from parure.vision.house import WEIGHTS
from parure.vision.manifest import CropPolicy, Manifest, read_manifest
from parure.vision.onnx_runtime import open_session
from parure.vision.reader import Looked, Reader
from parure.vision.shapes import Expected, check_inputs, check_outputs, check_result
from parure.vision.words import tokenise

__all__ = ["HouseAnalyser", "load_house", "region_to_read"]

TOKENS, EMBEDDING = "tokens", "embedding"
_PROMINENT = 0.05  # share of the photo from which on the photo is one of the main piece


class HouseAnalyser(Analyser):
    """`HouseAnalyser(read_manifest(path))`; 0 threads means the setting."""

    def __init__(self, manifest: Manifest, *, threads: int = 0) -> None:
        self.manifest = manifest
        self.version = manifest.version
        self.dimension = manifest.reader.dimension
        self.input_side = max(manifest.detector.side, manifest.reader.side)
        self.lanes = threads or settings.get().cores
        self._detector = Detector(manifest.detector, manifest.path, threads=threads)
        self._reader = Reader(manifest.reader, manifest.path, threads=threads)
        self._words = _TextTower(manifest, threads) if manifest.words else None
        values = next((card.values for card in manifest.reader.attributes if card.id == "type"), ())
        self._types = [self._wide(value) for value in values]

    @property
    def supports_text(self) -> bool:
        return self._words is not None

    def analyse_images(self, images: Sequence[Pixels]) -> list[Analysis]:
        """One analysis for each photo, in the order given, `lanes` photos side by side."""
        if min(self.lanes, len(images)) < 2:
            return super().analyse_images(images)
        with ThreadPoolExecutor(self.lanes) as pool:
            return list(pool.map(lambda image: self._analyse(image, None), images))

    def _analyse(self, image: Pixels, region: Box | None) -> Analysis:
        if region is not None:
            return Analysis((self._read_chosen(image, clip(region), score=1.0),))
        seen = self._detector.find(image)
        return replace(self._read_all(image, main_first(seen.detections)), surest=seen.surest)

    def _read_all(self, image: Pixels, found: Sequence[Detection]) -> Analysis:
        """The main piece first."""
        if not found:
            return Analysis((self._read_chosen(image, WHOLE, score=0.0),))
        height, width = image.shape[:2]
        if region_to_read(found[0].box, self.manifest.crop, width, height) == WHOLE:
            return Analysis(tuple(self.read_found(image, found)))
        scene = self._reader.look(image)
        prominent = found[0].box.area >= _PROMINENT
        return Analysis(tuple(self.read_found(image, found, scene if prominent else None)), self._reader.vector(scene))

    def read_found(
        self, image: Pixels, detections: Sequence[Detection], scene: Looked | None = None
    ) -> list[SeenPiece]:
        """Read pieces that were found already, whatever the threshold; in the order given. `scene` is the whole photo,
        where it is one of the first of them."""
        height, width = image.shape[:2]
        regions = [region_to_read(detection.box, self.manifest.crop, width, height) for detection in detections]
        crops = [crop(image, region) for region in regions]
        looks = [self._reader.look(each) for each in crops]
        paired = in_pairs(detections, list(map(self._reader.vector, looks)), self.manifest.detector.threshold)
        pieces = []
        for place, (detection, looked) in enumerate(zip(detections, looks, strict=True)):
            high, wide = crops[place].shape[:2]
            evidence = {"type": evidence_of_types(detection, self._types, paired=paired[place])}
            about = scene if place == 0 else None
            reading = self._reader.tell(looked, (wide, high), scene=about, evidence=evidence)
            named = replace(detection, type=self._type(reading) or detection.type)
            pieces.append(SeenPiece(named, regions[place], reading))
        return pieces

    def types_of(self, reading: Reading) -> dict[str, float]:
        """The wide types that a piece may be, with their probabilities; what the detector knows no type for is left
        out, so they may add up to less than 1."""
        told: dict[str, float] = {}
        if belief := reading.belief("type"):
            for value, chance in ((belief.value, belief.probability), *belief.others):
                if wide := self._wide(value):
                    told[wide] = told.get(wide, 0.0) + chance
        return told

    def _embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        assert self._words is not None  # asked by `encode_texts` before it comes here
        return self._words(texts)

    def _read_chosen(self, image: Pixels, region: Box, *, score: float) -> SeenPiece:
        """Read exactly this region; what the detector would say, the reader's belief of the type says instead."""
        reading = self._reader.read(crop(image, region))
        return SeenPiece(Detection(region, self._type(reading), score), region, reading)

    def _type(self, reading: Reading) -> str:
        """The wide type the reader believes in, or "" where it cannot tell or the detector knows no such type."""
        belief = reading.belief("type")
        return self._wide(belief.value) if belief else ""

    def _wide(self, value: str) -> str:
        line = (value, *taxonomy.load().ancestors("type", value)) if value else ()
        return next((wide for wide in line if wide in self.manifest.detector.classes), "")


class _TextTower:
    """Sentences to (n, d) vectors in the space of the pictures."""

    def __init__(self, manifest: Manifest, threads: int) -> None:
        assert manifest.words is not None
        self._session = open_session(manifest.words.path, sha256=manifest.words.sha256, threads=threads)
        self._output = Expected(EMBEDDING, (None, manifest.reader.dimension), "reader.dimension")
        check_inputs(self._session, (TOKENS,), manifest.path)
        check_outputs(self._session, (self._output,), manifest.path)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        result = self._session.run(EMBEDDING, {TOKENS: tokenise(texts)})
        return check_result(self._session, self._output, result)


def region_to_read(box: Box, policy: CropPolicy, width: int, height: int) -> Box:
    """What is cut out of a photo of that size to read the piece in `box`, in whole pixels of it."""
    inside = clip(box)
    if inside.area >= policy.min_share:
        return WHOLE
    reach = policy.air * max(inside.w * width, inside.h * height)
    across, down = reach / width, reach / height
    aired = Box(inside.x - across, inside.y - down, inside.w + 2 * across, inside.h + 2 * down)
    return from_pixels(to_pixels(aired, width, height), width, height)


def load_house(*, threads: int = 0) -> HouseAnalyser:
    """The analyser of the setting `house-v1`; 0 threads means the setting."""
    return HouseAnalyser(read_manifest(WEIGHTS / "house-v1.json"), threads=threads)
