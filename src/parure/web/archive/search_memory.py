"""What searches for duplicates found out, kept in the data folder: the next one asks only about what is new."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from parure import settings
from parure.curate.duplicates_memory import SearchMemory, load_memory, save_memory

__all__ = ["METHOD", "KeptMemory"]

METHOD = "3"  # to be raised whenever the same files give other groups
_SAVED_EVERY_S = 60.0


@dataclass
class KeptMemory:
    path: Path
    memory: SearchMemory
    _written: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, name: str) -> KeptMemory:
        path = settings.get().data / "duplicates" / f"{name}.npz"
        return cls(path, load_memory(path, METHOD))

    def save_at_times(self) -> None:
        """For a search that may be killed."""
        if time.monotonic() - self._written > _SAVED_EVERY_S:
            self._save()

    def finish(self) -> None:
        """What nobody asked for since this was loaded is forgotten."""
        self.memory.forget_unused()
        self._save()

    def _save(self) -> None:
        save_memory(self.path, self.memory, METHOD)
        self._written = time.monotonic()
