"""The numbers of a sentence are pinned: weights are made for exactly these."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest

from parure.vision.words import LENGTH, ROWS, SLOTS, WORD_ROWS, WORDS, split_words, tokenise

RUBY = [306, 7101, 6207, 9811, 8404, 0, 0, 0, 0, 0, 0, 0]
RING = [1089, 6295, 6243, 9587, 8985, 0, 0, 0, 0, 0, 0, 0]


def words_of(text: str) -> np.ndarray:
    return tokenise([text])[0].reshape(WORDS, SLOTS)


def test_the_hash_is_the_crc_of_the_standards() -> None:
    assert crc32(b"123456789") == 0xCBF43926


def test_a_sentence_has_the_numbers_that_the_weights_were_made_for() -> None:
    found = words_of("Ruby ring")
    assert found[0].tolist() == RUBY
    assert found[1].tolist() == RING
    assert not found[2:].any()


def test_row_numbers_follow_from_the_documented_rule() -> None:
    found = words_of("opal")[0]
    runs = ["<op", "opa", "pal", "al>"]
    whole = 1 + crc32(b"opal") % WORD_ROWS
    assert found[:5].tolist() == [whole, *(1 + WORD_ROWS + crc32(run.encode()) % 4093 for run in runs)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pavé-set, 18K & tiger’s eye", ["pave", "set", "18k", "and", "tigers", "eye"]),
        ("  ROSE_GOLD/ruby ", ["rose", "gold", "ruby"]),
        ("кольцо", ["кольцо"]),
        ("", []),
        ("?!", []),
    ],
)
def test_words_are_folded_as_described(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_every_number_is_a_row_of_the_table() -> None:
    texts = ["", "a", "x" * 500, "word " * 100, "钻石 戒指 💍", "oval sapphire with round diamonds"]
    found = tokenise(texts)
    assert found.shape == (len(texts), LENGTH)
    assert found.dtype == np.int64
    assert found.min() == 0
    assert found.max() < ROWS


def test_words_and_runs_have_rows_of_their_own() -> None:
    found = words_of("emerald cut engagement ring")
    words, runs = found[:4, 0], found[:4, 1:]
    assert (words >= 1).all()
    assert (words <= WORD_ROWS).all()
    assert (runs[runs > 0] > WORD_ROWS).all()


def test_what_goes_beyond_the_room_is_left_out() -> None:
    long = " ".join(f"w{number}" for number in range(40))
    assert np.array_equal(words_of(long), words_of(" ".join(long.split()[:WORDS])))


def test_a_misspelt_word_shares_most_of_its_runs() -> None:
    right, wrong = words_of("sapphire")[0], words_of("saphire")[0]
    assert right[0] != wrong[0]
    assert len(set(right[1:]) & set(wrong[1:]) - {0}) >= 6


def test_word_order_changes_the_numbers_but_not_the_words() -> None:
    one, other = words_of("oval sapphire round diamonds"), words_of("round sapphire oval diamonds")
    assert not np.array_equal(one, other)
    assert sorted(map(tuple, one)) == sorted(map(tuple, other))


def test_no_sentences_give_no_rows() -> None:
    assert tokenise([]).shape == (0, LENGTH)
