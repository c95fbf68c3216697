import threading
import warnings

import pytest
from PIL import Image

from parure.images import decode
from parure.images.quiet import quiet_readers
from tests.images.pictures import encoded, quadrants


def warn_as(module: str) -> None:
    warnings.warn_explicit("damaged tag", UserWarning, "file.py", 1, module=module)


def test_only_warnings_of_the_readers_are_dropped() -> None:
    with quiet_readers():
        warn_as("PIL.TiffImagePlugin")
        warn_as("pi_heif.heif")
        with pytest.raises(UserWarning, match="damaged tag"):
            warn_as("parure.search")


def test_outside_the_readers_warn_as_before() -> None:
    before = list(warnings.filters)
    with quiet_readers(), quiet_readers():
        pass
    assert list(warnings.filters) == before
    with pytest.raises(UserWarning, match="damaged tag"):
        warn_as("PIL.TiffImagePlugin")


def test_the_filters_are_whole_again_after_threads_and_after_an_error() -> None:
    before = list(warnings.filters)
    data = encoded(quadrants(), "JPEG")
    threads = [threading.Thread(target=lambda: [decode(data) for _ in range(30)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with pytest.raises(ZeroDivisionError), quiet_readers():
        _ = 1 // 0
    assert list(warnings.filters) == before


def test_threads_get_the_same_pixels_as_one() -> None:
    data = [encoded(quadrants(200 + 10 * i, 150), "JPEG", icc_profile=b"") for i in range(8)]
    expected = [decode(item).pixels.tobytes() for item in data]
    found: list[bytes] = [b""] * len(data)

    def work(i: int) -> None:
        found[i] = decode(data[i]).pixels.tobytes()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(data))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected
    assert Image.MAX_IMAGE_PIXELS
