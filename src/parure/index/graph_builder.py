"""Builds the graph of a copied generation in a process of its own: `python -m parure.index.graph_builder`.

Qdrant Edge holds the interpreter lock while it builds, minutes for a large index, so a thread would stop the server.
The child runs at the lowest priority, opens only the copy, and dies with its parent (on Linux; elsewhere an orphan
finishes into a folder that the next opening sweeps away).
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

from parure.errors import ParureError, VectorIndexError

__all__ = ["GraphBuilder", "main"]

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class GraphBuilder:
    """The child, seen from the parent. Start it from the thread that will wait: on Linux it dies with that thread."""

    def __init__(self, folder: Path, dimension: int) -> None:
        arguments = [str(folder), "--dimension", str(dimension), "--parent", str(os.getpid())]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "parure.index.graph_builder", *arguments],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._stopped = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait(self) -> bool:
        """True when the graph is built, False when `stop` was called."""
        _, complaint = self._process.communicate()
        if self._stopped:
            return False
        if self._process.returncode:
            last = complaint.strip().splitlines()[-1:] or [f"exit status {self._process.returncode}"]
            raise VectorIndexError(f"The graph of the index was not built: {last[0]}. Searches go on without it.")
        return True

    def stop(self) -> None:
        self._stopped = True
        self._process.kill()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="parure.index.graph_builder")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dimension", type=int, required=True)
    parser.add_argument("--parent", type=int, required=True)
    asked = parser.parse_args(arguments)
    _die_with(asked.parent)
    os.nice(19)
    from parure.index.edge_shard import Shard

    try:
        Shard.optimise(asked.folder, dimension=asked.dimension, threads=max(1, (os.cpu_count() or 2) // 2))
    except ParureError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
