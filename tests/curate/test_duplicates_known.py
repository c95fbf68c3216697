"""New photos against known ones: copies are found, variants are not, and what cannot be read is passed over."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageOps

from parure.curate.duplicates import Tier
from parure.curate.duplicates_known import Known, KnownPhotos, find_known
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.duplicates_prints import fingerprints_of
from parure.curate.values import Fingerprints, Measures, Scanned
from parure.images import Pixels
from tests.curate.test_same_picture import PHOTOS, photo

pytest.importorskip("cv2")

PICTURES: dict[str, Pixels] = {}


def scanned(path: str, image: Image.Image) -> Scanned:
    pixels = np.asarray(image)
    prints = fingerprints_of(pixels, sha256=path.encode().hex().ljust(64, "0")[:64])
    PICTURES[prints.sha256] = pixels
    return Scanned(path, 1000, 0.0, prints, Measures(image.width, image.height, {}), None, "jpeg")


def known(*files: Scanned) -> KnownPhotos:
    photos = [Known(f"shop/{file.path}", file.fingerprints.sha256, _pixels(file)) for file in files]
    return KnownPhotos(photos, [file.fingerprints for file in files])


def _pixels(file: Scanned) -> int:
    assert file.measures is not None
    return file.measures.width * file.measures.height


def picture(file: Scanned | Known) -> Pixels:
    return PICTURES[file.sha256 if isinstance(file, Known) else file.fingerprints.sha256]


HELD = [scanned(name, photo(name)) for name in PHOTOS]


def test_a_copy_is_found_however_it_was_changed() -> None:
    whole = photo(PHOTOS[0])
    news = [
        scanned("flip.jpg", ImageOps.mirror(whole)),
        scanned("small.jpg", whole.resize((200, 200))),
        scanned("large.jpg", whole.resize((500, 500))),
        scanned("other.jpg", photo("pr-5001-1.webp")),
    ]
    found = find_known(news, known(*HELD), picture)
    assert {path: (copy.tier, copy.known.place, copy.larger) for path, copy in found.items()} == {
        "flip.jpg": (Tier.SAME_PICTURE, f"shop/{PHOTOS[0]}", False),
        "small.jpg": (Tier.SAME_PICTURE, f"shop/{PHOTOS[0]}", False),
        "large.jpg": (Tier.SAME_PICTURE, f"shop/{PHOTOS[0]}", True),
    }
    told = found["flip.jpg"].comparison
    assert told is not None
    assert told.transform is not None
    assert told.transform.words == "mirrored"


def test_what_was_compared_before_is_not_read_again() -> None:
    news = [scanned("flip.jpg", ImageOps.mirror(photo(PHOTOS[0]))), scanned("other.jpg", photo("pr-5001-1.webp"))]
    memory = SearchMemory()
    first = find_known(news, known(*HELD), picture, memory=memory)

    def unread(file: Scanned | Known) -> Pixels:
        raise AssertionError(file)

    assert find_known(news, known(*HELD), unread, memory=memory) == first
    assert set(first) == {"flip.jpg"}


def test_same_bytes_need_no_look() -> None:
    again = Scanned("again.jpg", 1, 0.0, HELD[1].fingerprints)

    def never(file: Scanned | Known) -> Pixels:
        raise AssertionError("nothing is read")

    (copy,) = find_known([again], known(*HELD), never).values()
    assert (copy.tier, copy.known.place, copy.comparison) == (Tier.SAME_BYTES, f"shop/{PHOTOS[1]}", None)


def test_photos_that_a_person_told_apart_are_not_compared() -> None:
    new = scanned("flip.jpg", ImageOps.mirror(photo(PHOTOS[0])))
    asked: list[tuple[str, str]] = []

    def apart(one: str, other: str) -> bool:
        asked.append((one, other))
        return True

    assert find_known([new], known(*HELD), picture, apart=apart) == {}
    assert (new.fingerprints.sha256, HELD[0].fingerprints.sha256) in asked


def test_what_cannot_be_read_is_passed_over() -> None:
    new = scanned("flip.jpg", ImageOps.mirror(photo(PHOTOS[0])))

    def gone(file: Scanned | Known) -> Pixels:
        if isinstance(file, Known):
            raise OSError("out of reach")
        return picture(file)

    assert find_known([new], known(*HELD), gone) == {}


def test_nothing_is_known_of_files_without_fingerprints() -> None:
    bare = Scanned("note.txt", 1, 0.0, Fingerprints(""))
    held = KnownPhotos([Known("a", "")], [Fingerprints("")])
    assert find_known([bare, HELD[0]], held, picture) == {}
    assert find_known([HELD[0]], KnownPhotos([], []), picture) == {}
