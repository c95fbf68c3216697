from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.vision.batching import MicroBatcher


class Gate:
    """A run that notes its batches and, while `shut`, waits inside the first of them."""

    def __init__(self, answer: Callable[[int], int] = lambda item: item * 10) -> None:
        self.batches: list[list[int]] = []
        self.entered = threading.Event()
        self.open = threading.Event()
        self._answer = answer

    def __call__(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        self.entered.set()
        assert self.open.wait(10)
        return [self._answer(item) for item in items]


def wait_until_queued(batcher: MicroBatcher[int, int], count: int) -> None:
    while len(batcher._waiting) < count:
        threading.Event().wait(0.001)


def held_up(gate: Gate, batch_size: int, items: Sequence[int]) -> list[Future[int]]:
    """Ask for 0 alone and, while it runs, for `items` one by one; then let everything go."""
    batcher: MicroBatcher[int, int] = MicroBatcher(gate, batch_size=batch_size)
    with ThreadPoolExecutor(len(items) + 1) as pool:
        answers = [pool.submit(batcher, 0)]
        assert gate.entered.wait(10)
        for count, item in enumerate(items, 1):
            answers.append(pool.submit(batcher, item))
            wait_until_queued(batcher, count)
        gate.open.set()
    return answers


def test_a_lone_caller_is_run_at_once_in_its_own_thread() -> None:
    threads: list[str] = []

    def run(items: Sequence[int]) -> list[int]:
        threads.append(threading.current_thread().name)
        return list(items)

    assert MicroBatcher(run, batch_size=8)(7) == 7
    assert threads == [threading.current_thread().name]


def test_callers_that_arrive_during_a_run_share_the_next_one() -> None:
    gate = Gate()
    answers = held_up(gate, 8, [1, 2, 3])
    assert gate.batches == [[0], [1, 2, 3]]
    assert [answer.result() for answer in answers] == [0, 10, 20, 30]


def test_no_run_is_larger_than_the_batch_size_and_the_oldest_go_first() -> None:
    gate = Gate()
    answers = held_up(gate, 2, [1, 2, 3, 4, 5])
    assert gate.batches == [[0], [1, 2], [3, 4], [5]]
    assert [answer.result() for answer in answers] == [0, 10, 20, 30, 40, 50]


def test_a_bad_item_fails_for_its_own_caller_only() -> None:
    def answer(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item * 10

    gate = Gate(answer)
    answers = held_up(gate, 8, [1, 2, 3])
    with pytest.raises(ValueError, match="two"):
        answers[2].result()
    assert [answers[index].result() for index in (0, 1, 3)] == [0, 10, 30]
    assert gate.batches == [[0], [1, 2, 3], [1], [2], [3]]


def test_an_error_leaves_it_ready_for_the_next_caller() -> None:
    calls: list[int] = []

    def run(items: Sequence[int]) -> list[int]:
        calls.append(len(items))
        if len(calls) == 1:
            raise OSError("once")
        return list(items)

    batcher: MicroBatcher[int, int] = MicroBatcher(run, batch_size=4)
    with pytest.raises(OSError, match="once"):
        batcher(1)
    assert batcher(2) == 2


def test_an_interrupted_runner_frees_those_who_wait_behind_it() -> None:
    gate = Gate()

    def run(items: Sequence[int]) -> list[int]:
        gate(items)
        if 0 in items:
            raise KeyboardInterrupt
        return list(items)

    batcher: MicroBatcher[int, int] = MicroBatcher(run, batch_size=4)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(batcher, 0)
        assert gate.entered.wait(10)
        second = pool.submit(batcher, 1)
        wait_until_queued(batcher, 1)
        gate.open.set()
        assert second.result(10) == 1
        assert isinstance(first.exception(10), KeyboardInterrupt)


def test_a_run_that_gives_too_few_results_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="1 items gave 0 results"):
        MicroBatcher(lambda items: [], batch_size=2)(1)


def test_a_batch_size_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        MicroBatcher(list, batch_size=0)


@given(clients=st.integers(1, 12), each=st.integers(1, 12), batch_size=st.integers(1, 5))
def test_everybody_gets_the_answer_to_their_own_question(clients: int, each: int, batch_size: int) -> None:
    running = threading.Lock()
    sizes: list[int] = []

    def run(items: Sequence[int]) -> list[int]:
        assert running.acquire(blocking=False), "two runs at a time"
        sizes.append(len(items))
        try:
            return [item * item for item in items]
        finally:
            running.release()

    batcher: MicroBatcher[int, int] = MicroBatcher(run, batch_size=batch_size)

    def client(number: int) -> bool:
        return all(batcher(item) == item * item for item in range(number * each, (number + 1) * each))

    with ThreadPoolExecutor(clients) as pool:
        assert all(pool.map(client, range(clients)))
    assert sum(sizes) == clients * each
    assert max(sizes) <= batch_size
