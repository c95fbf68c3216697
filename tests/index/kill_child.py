"""Writes to an index without end and prints what it was told is done; `test_kill.py` kills it at any moment.

One JSON line before each operation ("begin") and one after it returned ("done"): [word, operation, ids, version].
A point's group is the version of the upsert that wrote it.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from pathlib import Path

from parure.index import Point
from parure.index.qdrant_edge import QdrantEdgeIndex
from tests.conformance.vector_index import DIMENSION, SCHEMA, clustered


def say(word: str, operation: str, ids: list[int], version: int) -> None:
    sys.stdout.write(json.dumps([word, operation, ids, version]) + "\n")
    sys.stdout.flush()


def main(folder: Path, seed: int, id_count: int) -> None:
    index = QdrantEdgeIndex(folder, DIMENSION, SCHEMA, graph_threshold=id_count // 4)
    vectors = clustered(id_count, DIMENSION, seed=0)
    chance = random.Random(seed)

    def build_for_ever() -> None:
        while True:
            index.build()

    threading.Thread(target=build_for_ever, daemon=True).start()
    version = seed * 1_000_000
    while True:
        version += 1
        ids = sorted(chance.sample(range(id_count), chance.choice([1, 20, 300])))
        operation = chance.choice(["upsert", "upsert", "upsert", "delete"])
        say("begin", operation, ids, version)
        if operation == "upsert":
            index.upsert([Point(id, version, vectors[id], {"type": ["ring"], "price": version}) for id in ids])
        else:
            index.delete(ids)
        say("done", operation, ids, version)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
