"""ONNX Runtime, the default engine for models: one session per model file and process, shared by all threads.

Unusual: sessions are kept by the sha256 of the file, so that the same model under two paths is loaded once and a
file that was replaced is a new model. The thread count of whoever opens a model first holds for the process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from parure import settings
from parure.errors import ModelError

__all__ = ["OnnxSession", "file_sha256", "open_session"]

_sessions: dict[str, OnnxSession] = {}
_lock = Lock()


class OnnxSession:
    """A loaded model. Safe to call from threads: ONNX Runtime allows concurrent runs of one session."""

    def __init__(self, path: Path, *, threads: int) -> None:
        self.path = path
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), _session_options(threads), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's own exceptions share no base class
            raise ModelError(f"{path} cannot be loaded by ONNX Runtime: {_first_line(error)}") from error
        self.inputs: tuple[str, ...] = tuple(node.name for node in self._session.get_inputs())
        self.outputs: tuple[str, ...] = tuple(node.name for node in self._session.get_outputs())
        # Of each output; None for a length that the graph leaves open.
        self.shapes: Mapping[str, tuple[int | None, ...]] = {
            node.name: tuple(length if isinstance(length, int) else None for length in node.shape)
            for node in self._session.get_outputs()
        }

    def run(self, output: str, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """One named output as float32. Raises `ModelError` if the model does not take these arrays."""
        return self.run_all((output,), inputs)[0]

    def run_all(self, outputs: Sequence[str], inputs: Mapping[str, NDArray[Any]]) -> tuple[NDArray[np.float32], ...]:
        """Several outputs of one run, in the order asked for."""
        try:
            results = self._session.run(list(outputs), dict(inputs))
        except Exception as error:
            shapes = ", ".join(f"{name} {array.dtype}{list(array.shape)}" for name, array in inputs.items())
            raise ModelError(f"{self.path.name} did not take {shapes}: {_first_line(error)}") from error
        return tuple(np.asarray(result, np.float32) for result in results)


def open_session(path: Path, *, sha256: str = "", threads: int = 0) -> OnnxSession:
    """The process's session for a model file. `sha256` from its card is checked; 0 threads means the setting.

    Raises `ModelError` for a file that is missing, that is not the one its card names, or that is no model.
    """
    digest = file_sha256(path)
    if sha256 and digest != sha256.lower():
        raise ModelError(
            f"{path} is not the file its card describes (sha256 {digest[:12]}..., the card says {sha256[:12]}...). "
            "It is damaged or was replaced: install the model again."
        )
    with _lock:
        if digest not in _sessions:
            _sessions[digest] = OnnxSession(path, threads=threads or settings.get().cores)
        return _sessions[digest]


def file_sha256(path: Path) -> str:
    """Hex digest of a file's bytes; raises `ModelError` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The model file {path} cannot be read ({error.strerror}). Install the model again."
        ) from error


def _session_options(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: warnings about graph clean-up are not for our users
    # Threads that spin between runs would take the cores from decoding and from the web server.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:300]
