"""Nearest neighbours inside a filter: speed and recall of our engines next to a numpy scan and to other engines.

    python bench/search.py                  20k and 200k vectors of 512 dimensions
    python bench/search.py --quick          2k, a few queries: to see that it runs

All engines answer the same queries in turns, so that a busy machine disturbs them alike; BLAS and OpenMP have one
thread (LanceDB and PostgreSQL use their own). Recall is against float32 brute force. The ratio is p50 to the p50 of
the numpy scan in the same run and under the same filter.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from report import on_one_thread, percentiles, print_json
from search_engines import ENGINES, FILTERS, Corpus, Engine, NotHere, NumpyScan

_TURN = 10  # queries before the next engine has its turn
_PACKAGES = ("parure", "numpy", "qdrant-edge-py", "faiss-cpu", "lancedb", "pgvector")
Figures = dict[str, dict[str, dict[str, float]]]  # engine -> filter -> figure -> value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--dimension", type=int, default=512)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--graph-threshold", type=int, default=50_000, help="as the setting of the same name")
    parser.add_argument("--without", nargs="+", default=[], choices=[make.name.split()[-1] for make in ENGINES[1:]])
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if asked.quick:
        asked.sizes, asked.queries = [2000], 20
    on_one_thread()
    figures: dict[str, Any] = {"dimension": asked.dimension, "queries": asked.queries}
    for size in asked.sizes:
        corpus = Corpus.clustered(size, dimension=asked.dimension, queries=asked.queries)
        makes = [make for make in ENGINES if make.name.split()[-1] not in asked.without]
        figures[str(size)] = measure(corpus, makes, asked.graph_threshold)
    print_json("search", figures, *_PACKAGES)


def measure(corpus: Corpus, makes: list[type[Engine]], graph_threshold: int) -> Figures:
    with TemporaryDirectory() as folder:
        engines = start(corpus, makes, Path(folder), graph_threshold)
        print(f"\n{len(corpus.vectors):,} vectors\n{'filter':8}{'engine':22}{'p50 ms':>9}{'p99 ms':>9}", end="")
        print(f"{'recall@10':>11}{'ratio':>8}")
        figures: Figures = {engine.name: {} for engine in engines}
        for which in FILTERS:
            for name, found in compare(corpus, engines, which).items():
                figures[name][which] = found
                row = f"{found['p50_ms']:9.3f}{found['p99_ms']:9.3f}{found['recall']:11.4f}{found['ratio']:8.3f}"
                print(f"{which:8}{name:22}{row}", flush=True)
        for engine in engines:
            engine.close()
    return figures


def start(corpus: Corpus, makes: list[type[Engine]], folder: Path, graph_threshold: int) -> list[Engine]:
    engines: list[Engine] = []
    for make in makes:
        begun = time.perf_counter()
        try:
            engines.append(make(corpus, folder, graph_threshold))
        except NotHere as reason:
            print(f"skipped {make.name}: {reason}")
            continue
        print(f"{make.name}: filled and built in {time.perf_counter() - begun:.1f} s", flush=True)
    return engines


def compare(corpus: Corpus, engines: list[Engine], which: str) -> dict[str, dict[str, float]]:
    """Figures of each engine for one filter."""
    truth = [set(nearest(corpus, query, which)) for query in corpus.queries]
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    hits = dict.fromkeys(times, 0)
    for first in range(0, len(truth), _TURN):
        for engine in engines:
            engine.search(corpus.queries[first], which)  # after its rest; not counted
            for i in range(first, min(first + _TURN, len(truth))):
                begun = time.perf_counter()
                found = engine.search(corpus.queries[i], which)
                times[engine.name].append(time.perf_counter() - begun)
                hits[engine.name] += len(truth[i] & set(found))
    wanted = sum(map(len, truth))
    peer = float(np.median(times[NumpyScan.name]))
    return {
        name: {
            **percentiles(taken),
            "recall": round(hits[name] / wanted, 5),
            "ratio": round(float(np.median(taken)) / peer, 4),
        }
        for name, taken in times.items()
    }


def nearest(corpus: Corpus, query: np.ndarray, which: str) -> list[int]:
    """The true ten, in float64 among the best float32 candidates."""
    scores = corpus.vectors @ query
    if which != "all":
        scores[~corpus.masks[which]] = -np.inf
    near = np.argpartition(-scores, 20)[:20]
    exact = corpus.vectors[near].astype(np.float64) @ query
    exact[np.isneginf(scores[near])] = -np.inf
    best = np.argsort(-exact)[:10]
    return [int(near[i]) for i in best if np.isfinite(exact[i])]


if __name__ == "__main__":
    main()
