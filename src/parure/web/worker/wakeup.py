"""A bell between whoever changed the catalogue and the worker in the same process.

Nothing depends on it: a worker finds work by looking at the rows, the bell only ends its rest. Ringing in a process
without a worker does nothing.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["notify", "subscribe"]

Callback = Callable[[], None]
_callbacks: list[Callback] = []


def subscribe(callback: Callback) -> Callable[[], None]:
    """Have `callback` called at each `notify`; returns what ends that. It must return at once and not raise."""
    _callbacks.append(callback)
    return lambda: _callbacks.remove(callback) if callback in _callbacks else None


def notify() -> None:
    """There may be new work."""
    for callback in tuple(_callbacks):
        callback()
