"""Running the real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.web.pictures import jpeg


@dataclass(frozen=True)
class Parure:
    """`parure --data FOLDER ...` with the small encoder, so that a run takes a second."""

    data: Path
    index: str = "qdrant-edge"

    def start(self, *arguments: object, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "parure", "--data", str(self.data), *map(str, arguments)],
            env=os.environ | {"PARURE_ENCODER": "histogram", "PARURE_INDEX": self.index, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def run(self, *arguments: object, code: int = 0, **environment: str) -> str:
        """Standard output; the exit code must be `code`."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, f"{arguments} ended with {process.returncode}:\n{out}\n{err}"
        return out if code == 0 else out + err

    def json(self, *arguments: object, code: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", code=code))


@pytest.fixture
def parure(tmp_path: Path) -> Parure:
    return Parure(tmp_path / "data")


@pytest.fixture
def photos(tmp_path: Path) -> Callable[..., Path]:
    """A folder of generated photos named AJ-0.jpg, AJ-1.jpg, ..."""

    def make(count: int, *, name: str = "photos", size: tuple[int, int] = (160, 120)) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for seed in range(count):
            (folder / f"AJ-{seed}.jpg").write_bytes(jpeg(seed, size=size))
        return folder

    return make
