"""All answers in force, kept in memory and brought up to date by what was given or taken back since.

Answers come from many processes. That there is news is told by the state of the table; what is read then are the rows
of the last moments, with a margin for transactions that end late. If the numbers do not agree, all is read again.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Lock

from django.utils import timezone

from parure.curate.values import Decision
from parure.web.archive.decisions import changes, state_of
from parure.web.archive.review.services.answers import Answers

__all__ = ["Ledger", "News", "ledger"]

_MARGIN = timedelta(minutes=2)
_REMEMBERED = 200  # changes; who has missed more looks at everything again


@dataclass(frozen=True)
class News:
    """`about` are the contents whose answers changed since the version asked for; None: perhaps all."""

    version: int
    answers: Answers
    about: frozenset[str] | None


class Ledger:
    def __init__(self) -> None:
        self._lock = Lock()
        self._answers = Answers()
        self._rows: dict[int, Decision] = {}
        self._state: object = None
        self._at: datetime | None = None
        self._version = 0
        self._log: deque[tuple[int, frozenset[str]]] = deque(maxlen=_REMEMBERED)

    def since(self, version: int) -> News:
        with self._lock:
            self._refresh()
            return News(self._version, self._answers, self._changed_since(version))

    def _changed_since(self, version: int) -> frozenset[str] | None:
        missed = [about for at, about in self._log if at > version]
        if version < 0 or len(missed) != self._version - version:
            return None
        return frozenset().union(*missed)

    def _refresh(self) -> None:
        state, now = state_of(), timezone.now()
        if state == self._state:
            return
        about = self._read(self._at - _MARGIN if self._at else None)
        if len(self._rows) != state[1]:
            self._answers, self._rows = Answers(), {}
            self._log.clear()
            self._read(None)
        else:
            self._log.append((self._version + 1, about))
        self._version += 1
        self._state, self._at = state, now

    def _read(self, since: datetime | None) -> frozenset[str]:
        """Contents whose answers changed."""
        about: set[str] = set()
        for number, decision, holds in changes(since):
            known = self._rows.get(number)
            if known is not None and (not holds or known != decision):
                self._answers.take(self._rows.pop(number))
                about.update(decision.subjects, known.subjects)
            if holds and number not in self._rows:
                self._rows[number] = decision
                self._answers.put(decision)
                about.update(decision.subjects)
        return frozenset(about)


@cache
def ledger() -> Ledger:
    """The one of this process."""
    return Ledger()
