"""Runs in an interpreter that has imagededup, not in ours: files on stdin as JSON, pairs on stdout as JSON.

Imports nothing of Parure. Thresholds are imagededup's defaults: 10 bits, cosine 0.9.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def _pairs(method: Any, archive: Path, paths: list[str], **threshold: float) -> list[list[str]]:
    encodings = {path: method.encode_image(image_file=str(archive / path)) for path in paths}
    if hasattr(next(iter(encodings.values())), "ravel"):
        encodings = {path: encoding.ravel() for path, encoding in encodings.items()}
    found = method.find_duplicates(encoding_map=encodings, **threshold)
    return [[one, other] for one, others in found.items() for other in others if one < other]


def main() -> None:
    asked = json.load(sys.stdin)
    archive, paths = Path(asked["archive"]), asked["paths"]
    pairs: dict[str, list[list[str]]] = {}
    failed: dict[str, str] = {}
    from imagededup import methods  # type: ignore[import-not-found]

    for name, threshold in (
        ("PHash", {"max_distance_threshold": 10}),
        ("CNN", {"min_similarity_threshold": 0.9}),
    ):
        try:
            pairs[name] = _pairs(getattr(methods, name)(verbose=False), archive, paths, **threshold)
        except Exception as error:  # its network fetches weights when it is made: offline it fails in many ways
            failed[name] = f"{type(error).__name__}: {error}"
    print(json.dumps({"pairs": pairs, "failed": failed}))  # noqa: T201


if __name__ == "__main__":
    main()
