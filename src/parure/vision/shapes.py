"""Whether a model file has the inputs and outputs that its manifest promises: asked when it is opened, where the graph
tells its shapes, and of every result, where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parure.errors import ModelError
from parure.vision.onnx_runtime import OnnxSession

__all__ = ["Expected", "check_inputs", "check_outputs", "check_result"]

Shape = tuple[int | None, ...]  # None: any length


@dataclass(frozen=True)
class Expected:
    """One output: its shape and the field of the manifest that says so."""

    name: str
    shape: Shape
    field: str


def check_inputs(session: OnnxSession, names: tuple[str, ...], manifest: Path) -> None:
    if set(session.inputs) != set(names):
        raise ModelError(
            f"{session.path} takes {', '.join(session.inputs)}; a model in this place of {manifest} must take "
            f"{', '.join(names)}."
        )


def check_outputs(session: OnnxSession, wanted: tuple[Expected, ...], manifest: Path) -> None:
    for output in wanted:
        if output.name not in session.outputs:
            raise ModelError(
                f"{session.path} has no output {output.name!r}, which {output.field} in {manifest} needs; it has "
                f"{', '.join(session.outputs)}."
            )
        if not _fits(session.shapes[output.name], output.shape):
            raise ModelError(_differs(session, output, session.shapes[output.name]))


def check_result(session: OnnxSession, output: Expected, result: NDArray[np.float32]) -> NDArray[np.float32]:
    """The result itself. Raises `ModelError` if it has another shape or a number that is not finite."""
    if not _fits(result.shape, output.shape):
        raise ModelError(_differs(session, output, result.shape))
    if not np.isfinite(result).all():
        raise ModelError(f"{session.path} gave numbers that are not finite for {output.name!r}.")
    return result


def _fits(shape: Shape, wanted: Shape) -> bool:
    """Lengths that either side does not know fit any."""
    pairs = zip(shape, wanted, strict=False)
    return len(shape) == len(wanted) and all(a is None or b is None or a == b for a, b in pairs)


def _differs(session: OnnxSession, output: Expected, shape: Shape) -> str:
    return (
        f"{session.path} gives {output.name!r} in the shape {_shown(shape)}, and {output.field} in its manifest wants "
        f"{_shown(output.shape)}. One of the two is of another model: install both together."
    )


def _shown(shape: Shape) -> str:
    return "(" + ", ".join("n" if length is None else str(length) for length in shape) + ")"
