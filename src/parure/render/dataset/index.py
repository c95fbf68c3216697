"""The index files of a data set: `designs.jsonl`, one design a line, and `coco.json` (see `coco`).

Both are made from the designs that are complete, one at a time, so that a large set needs no more memory than a small.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from parure.render.dataset.coco import write_coco
from parure.render.dataset.store import iter_records

__all__ = ["write_designs", "write_index"]


def write_index(root: Path, progress: Callable[[int, int], None]) -> int:
    """Both files; `progress` gets designs done and their number. Gives the number of designs."""
    count = write_designs(root)
    write_coco(root, lambda done: progress(done, count))
    return count


def write_designs(root: Path) -> int:
    """`designs.jsonl`, ordered by id: each line a `Record`, its spec as an object."""
    count = 0
    part = root / "designs.jsonl.part"
    with part.open("w", encoding="utf-8") as file:
        for count, record in enumerate(iter_records(root), 1):  # noqa: B007  (the last count is the result)
            row = asdict(record) | {"spec": json.loads(record.spec)}
            file.write(json.dumps(row, separators=(",", ":")) + "\n")
    part.replace(root / "designs.jsonl")
    return count
