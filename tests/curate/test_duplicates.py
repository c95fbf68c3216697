"""Three tiers that are never mixed; groups that do not depend on order; candidates without looking at all pairs."""

from __future__ import annotations

import errno
import random
import threading
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from parure import images, sample
from parure.curate.duplicates import Duplicates, Tier, find_duplicates, merit
from parure.curate.duplicates_candidates import candidates, near_hashes
from parure.curate.duplicates_differences import read_metadata
from parure.curate.duplicates_prints import DIMENSION, fingerprints_of, small_embedding
from parure.curate.duplicates_views import offer_views
from parure.curate.values import Fingerprints, Measures, Scanned
from parure.errors import ImageError, ImageReason, StorageFull
from parure.index import Schema, open_index

pytest.importorskip("cv2")


@lru_cache
def photo(name: str) -> Image.Image:
    with Image.open(sample.shop_path() / "photos" / f"{name}.webp") as image:
        return image.convert("RGB")


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


@lru_cache
def archive() -> dict[str, bytes]:
    """Two pictures, copies of the first, and another piece in the same pose."""
    ring, other = photo("pr-1009-1"), photo("pr-1011-1")
    return {
        "a/ring.jpg": jpeg(ring),
        "b/ring copy.jpg": jpeg(ring),
        "b/small.jpg": jpeg(ring.resize((300, 300)), 70),
        "b/mirrored.jpg": jpeg(ring.transpose(Image.Transpose.FLIP_LEFT_RIGHT).crop((20, 20, 500, 500))),
        "c/other.jpg": jpeg(other),
        "c/view.jpg": jpeg(photo("pr-1009-2")),
        "d/other again.jpg": jpeg(other, 50),
    }


def scanned(path: str, data: bytes) -> Scanned:
    picture = images.decode(data, shrink_to=384)
    prints = fingerprints_of(picture.pixels, sha256=images.sha256(data))
    size = Measures(picture.header.width, picture.header.height, {})
    return Scanned(path, len(data), 1000.0 + len(path), prints, size, format="jpeg")


@lru_cache
def files() -> tuple[Scanned, ...]:
    return tuple(scanned(path, data) for path, data in archive().items())


def picture(path: str) -> images.Pixels:
    return images.decode(archive()[path], shrink_to=384).pixels


def grouped(found: Duplicates, tier: Tier) -> dict[str, set[str]]:
    return {group.representative: {member.path for member in group.members} for group in found.of(tier)}


def test_same_bytes_and_same_picture_are_told_apart() -> None:
    found = find_duplicates(files(), picture)
    assert grouped(found, Tier.SAME_BYTES) == {"a/ring.jpg": {"b/ring copy.jpg"}}
    assert grouped(found, Tier.SAME_PICTURE) == {
        "a/ring.jpg": {"b/small.jpg", "b/mirrored.jpg"},
        "c/other.jpg": {"d/other again.jpg"},
    }


def test_the_order_of_the_files_changes_nothing() -> None:
    shuffled = list(files())
    random.Random(4).shuffle(shuffled)
    assert find_duplicates(shuffled, picture) == find_duplicates(files(), picture)


def test_any_number_of_threads_gives_the_same_and_one_of_them_reads() -> None:
    readers, told = set(), []

    def read(path: str) -> images.Pixels:
        readers.add(threading.get_ident())
        return picture(path)

    found = find_duplicates(files(), read, threads=4, progress=lambda done, total: told.append((done, total)))
    assert found == find_duplicates(files(), picture)
    assert readers == {threading.get_ident()}
    assert told == sorted(told)
    assert told[-1] == (6, 6)  # contents


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes, offset: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)
    with pytest.raises(StorageFull, match="TMPDIR"):
        find_duplicates(files(), picture)


def test_what_a_person_kept_apart_stays_apart() -> None:
    sha = {file.path: file.fingerprints.sha256 for file in files()}
    apart = {frozenset((sha["c/other.jpg"], sha["d/other again.jpg"]))}
    assert "c/other.jpg" not in grouped(find_duplicates(files(), picture, apart=apart), Tier.SAME_PICTURE)


def test_a_member_tells_in_what_it_differs() -> None:
    found = find_duplicates(files(), picture)
    (ring,) = (group for group in found.of(Tier.SAME_PICTURE) if group.representative == "a/ring.jpg")
    mirrored = {each.name: each.member for each in ring.members[0].differences}
    assert ring.members[0].path == "b/mirrored.jpg"
    assert mirrored["pixels"] == "480 × 480"
    assert mirrored["change"].startswith("mirrored")
    assert 80 <= int(mirrored["overlap"].removesuffix(" %")) <= 92
    (copy,) = next(iter(found.of(Tier.SAME_BYTES))).members
    assert copy.comparison is None
    assert {each.name for each in copy.differences} == {"modified"}


def test_a_file_that_went_bad_since_the_scan_is_named_and_the_rest_is_grouped() -> None:
    def gone(path: str) -> images.Pixels:
        if path == "b/small.jpg":
            raise ImageError(ImageReason.CORRUPT, "This JPEG is damaged.")
        if path == "c/other.jpg":
            raise FileNotFoundError(2, "No such file")
        return picture(path)

    found = find_duplicates(files(), gone)
    assert {path: reason.code for path, reason in found.unseen} == {
        "b/small.jpg": "corrupt",
        "c/other.jpg": "unreadable",
    }
    assert grouped(found, Tier.SAME_PICTURE) == {"a/ring.jpg": {"b/mirrored.jpg"}}


def test_files_that_are_no_pictures_take_part_by_their_bytes_alone() -> None:
    notes = [Scanned(path, 3, 0.0, Fingerprints("ab" * 32)) for path in ("x.txt", "y.txt")]
    never_read = [Scanned(path, 3, 0.0, Fingerprints("")) for path in ("locked.jpg", "locked too.jpg")]
    found = find_duplicates([*notes, *never_read], picture)
    assert grouped(found, Tier.SAME_BYTES) == {"x.txt": {"y.txt"}}
    assert not found.of(Tier.SAME_PICTURE)
    assert find_duplicates([], picture) == Duplicates(())


def test_the_representative_is_the_largest_then_the_oldest_then_the_first_by_name() -> None:
    file = files()[0]
    large = replace(file, path="z", measures=Measures(900, 900, {}))
    old, first, heavy = (
        replace(file, path="y", modified=1.0),
        replace(file, path="0"),
        replace(file, path="h", size=9**9),
    )
    assert sorted([file, first, old, heavy, large], key=merit) == [large, heavy, old, first, file]


@pytest.mark.parametrize("most", [0, 3, 7])
def test_near_hashes_are_those_that_a_look_at_all_pairs_finds(most: int) -> None:
    chance = np.random.default_rng(most)
    answers = chance.integers(2**64, size=300, dtype=np.uint64)
    asked = answers.copy()
    for row in range(len(asked)):  # up to nine bits of each are turned over
        for bit in chance.choice(64, size=row % 10, replace=False):
            asked[row] ^= np.uint64(1) << np.uint64(bit)
    wanted = np.argwhere(np.bitwise_count(asked[:, None] ^ answers[None, :]) <= most)
    found = np.concatenate(list(near_hashes(answers, asked, most)) or [np.zeros((0, 3), np.int64)])
    assert {(a, b) for a, b, _ in found.tolist()} == {(a, b) for a, b in wanted.tolist()}


def test_a_thousand_equal_hashes_make_no_million_pairs() -> None:
    prints = [Fingerprints(f"{number:064x}", "1" * 16, ("1" * 16,) * 8) for number in range(1000)]
    assert sum(len(others) for others in candidates(prints)) <= 4 * len(prints)


def test_pictures_of_one_flat_colour_are_no_candidates() -> None:
    prints = [fingerprints_of(np.full((64, 64, 3), tone, np.uint8), sha256=f"{tone:064x}") for tone in (0, 128, 255)]
    assert all(not int(each.turned[0], 16) for each in prints)


def test_a_mirrored_copy_is_asked_for_by_one_of_the_eight_hashes() -> None:
    pixels = np.asarray(photo("pr-1009-1"))
    own = images.perceptual_views(pixels)
    for view, turned in enumerate(
        (pixels, pixels[:, ::-1], pixels[::-1], pixels[::-1, ::-1], pixels.transpose(1, 0, 2))
    ):
        assert images.hamming(own[view], images.perceptual_views(np.ascontiguousarray(turned))[0]) <= 2
    assert own[0] == images.fingerprint(pixels).perceptual


def test_the_embedding_knows_a_copy_and_not_a_stranger() -> None:
    ring = photo("pr-1009-1")
    copies = [
        ring.rotate(90),
        ring.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        ring.resize((200, 200)).resize((384, 384)),
    ]
    own = small_embedding(np.asarray(ring)).astype(np.float32)
    assert own.shape == (DIMENSION,)
    assert np.linalg.norm(own) == pytest.approx(1, abs=2e-3)
    stranger = small_embedding(np.asarray(photo("pr-3001-1"))).astype(np.float32)
    for copy in copies:
        assert own @ small_embedding(np.asarray(copy)).astype(np.float32) > max(0.5, 0.2 + own @ stranger)


def test_views_are_offered_in_order_and_copies_of_a_file_are_left_out() -> None:
    vectors = {name: np.eye(4, dtype=np.float32)[0] for name in ("a", "b", "copy of a")}
    vectors["far"] = np.eye(4, dtype=np.float32)[1]
    index = open_index("memory", sample.shop_path(), dimension=4, schema=Schema(), graph_threshold=0)
    offers = offer_views(
        vectors, lambda cosines: [max(0.0, each) for each in cosines], index=index, copies={"copy of a": "a"}
    )
    assert [(offer.first, offer.second, offer.probability) for offer in offers] == [("a", "b", 1.0)]


def test_metadata_is_read_without_control_characters() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x8298] = "Maker\x00\n", "Maison Lune"
    stream = BytesIO()
    photo("pr-1009-1").save(stream, "JPEG", exif=exif)
    with Image.open(BytesIO(stream.getvalue())) as image:
        assert read_metadata(image) == {"maker": "Maker", "copyright": "Maison Lune"}


def test_no_two_tiers_share_a_member_beside_the_representative() -> None:
    found = find_duplicates(files(), picture)
    members = [{member.path for member in group.members} for group in found.groups]
    assert all(not one & other for one, other in combinations(members, 2))
