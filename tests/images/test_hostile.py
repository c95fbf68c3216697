"""Every hostile file becomes a picture or an `ImageError` with a fitting reason, at a bounded cost."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from parure.errors import ImageError, ImageReason
from parure.images import Limits, Picture, decode, read_header
from tests.images.hostile import HostileFile, hostile_corpus
from tests.images.pictures import DATA, encoded, photo

CORPUS = list(hostile_corpus())


def outcome(data: bytes, shrink_to: int | None = None) -> Picture | ImageError:
    try:
        return decode(data, shrink_to=shrink_to)
    except ImageError as error:
        return error


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    assert len(CORPUS) >= 200
    assert len({file.name for file in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_a_hostile_file_is_a_picture_or_is_refused_with_a_fitting_reason(
    file: HostileFile, capfd: pytest.CaptureFixture[str]
) -> None:
    result = outcome(file.data)
    if isinstance(result, Picture):
        assert file.reasons is None, "should have been refused"
        assert result.pixels.shape == (result.header.height, result.header.width, 3)
        assert read_header(file.data) == result.header
    else:
        assert file.reasons is None or result.reason in file.reasons
        assert re.fullmatch(r"[A-Z].{20,400}\.", str(result)), "a message is a sentence that fits a table"
    written = capfd.readouterr()
    assert written.out == ""
    assert written.err == "" or file.name.endswith(".tif"), "libtiff writes to stderr and cannot be asked not to"


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_shrinking_on_load_reads_and_refuses_the_same_files(file: HostileFile) -> None:
    assert isinstance(outcome(file.data), Picture) == isinstance(outcome(file.data, shrink_to=40), Picture)


PEAK = """
import re, resource
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
from tests.images.test_hostile import CORPUS, outcome

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

before, worst = peak(), (0, "")
for file in CORPUS:
    seen = peak()
    outcome(file.data, shrink_to=640)
    worst = max(worst, (peak() - seen, file.name))
print(peak() - before, worst[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from Linux's /proc")
def test_the_whole_corpus_fits_into_little_memory_and_time() -> None:
    """In a process of its own, so that its peak is the corpus's; the CPU limit kills it, so a hang fails."""
    done = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    megabytes, worst = done.stdout.split(maxsplit=1)
    assert int(megabytes) < 300, f"most of it for {worst}"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_picture_or_are_refused(data: bytes) -> None:
    outcome(data)


MAGIC = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\0\x08\0\0\0", b"MM\0*", b"RIFF\0\0\0\0WEBPVP8 "]
MAGIC += [b"\0\0\0\x18ftypavif", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"MM\0+", b"<svg", b"\x1f\x8b\x08"]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(MAGIC), st.binary(max_size=500))
def test_any_bytes_after_a_magic_are_a_picture_or_are_refused(magic: bytes, tail: bytes) -> None:
    outcome(magic + tail)


FILES = [encoded(photo(24, 20), name) for name in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")]
FILES.append((DATA / "quadrants.heic").read_bytes())


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_any_damage_to_a_good_file_gives_a_picture_or_is_refused(good: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(good)))
    patch = data.draw(st.binary(max_size=8))
    drop = data.draw(st.integers(0, 8))
    outcome(good[:at] + patch + good[at + drop :])


def test_pillow_is_left_as_it_was() -> None:
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
    for file in CORPUS[::20]:
        outcome(file.data)
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)


def test_a_picture_above_the_warning_size_of_pillow_is_read_in_silence() -> None:
    wide = Image.fromarray(np.zeros((9_000, 10_500), np.uint8))  # 94.5 megapixels
    assert decode(encoded(wide, "PNG", compress_level=1), shrink_to=64).header.width == 10_500
    with pytest.raises(ImageError) as caught:
        read_header(encoded(wide, "PNG", compress_level=1), Limits(max_pixels=50_000_000))
    assert caught.value.reason is ImageReason.TOO_MANY_PIXELS
