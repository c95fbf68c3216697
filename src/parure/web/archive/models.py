"""What scans found in archives, and what people decided about it.

Scanned files are derived: they can be thrown away and scanned again. Decisions are not: no row of theirs is ever
changed or deleted, a later one takes an earlier one's place. They name contents, not rows, and so outlive any scan.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.template.defaultfilters import pluralize
from django.utils import timezone

__all__ = [
    "Archive",
    "ArchiveFile",
    "ContentSight",
    "DuplicateGroup",
    "DuplicateMember",
    "DuplicateSearch",
    "PersonDecision",
    "WatchedFile",
]


class Archive(models.Model):
    """A folder, zip or URL that was scanned. `key` is a hash of the location, which may be too long to be indexed."""

    key = models.CharField(max_length=32, unique=True)
    location = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    scanned_at = models.DateTimeField(null=True)  # when a scan last came to its end

    def __str__(self) -> str:
        return self.location


class ArchiveFile(models.Model):
    """One file of an archive as it was when it was last read, or why it was not. Empty `refusal`: it is a picture."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=32)  # hash of the path
    path = models.TextField()  # as shown
    raw_path = models.BinaryField(null=True)  # its bytes, where they are no text
    size = models.PositiveBigIntegerField()  # bytes
    modified = models.FloatField()  # seconds since 1970
    stamp = models.CharField(max_length=100, blank=True)  # what changes when the file does
    version = models.CharField(max_length=100)  # of the looks that were taken
    sha256 = models.CharField(max_length=64, blank=True)  # empty: never read
    format = models.CharField(max_length=10, blank=True)
    width = models.PositiveIntegerField(null=True)  # px, upright
    height = models.PositiveIntegerField(null=True)
    perceptual = models.CharField(max_length=16, blank=True)
    turned = models.JSONField(default=list)
    embedding = models.BinaryField(null=True)  # float16, little-endian
    scores = models.JSONField(null=True)
    background = models.CharField(max_length=20, blank=True)
    piece = models.JSONField(null=True)  # x, y, width, height as shares of the picture
    refusal = models.CharField(max_length=50, blank=True)
    detail = models.TextField(blank=True)
    read_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)  # since when it is no longer there

    class Meta:
        constraints = (models.UniqueConstraint(fields=("archive", "key"), name="one_row_per_path"),)
        indexes = (
            models.Index(fields=("sha256",), name="archive_file_content"),
            models.Index(fields=("archive", "refusal"), name="archive_file_refusal"),
        )

    def __str__(self) -> str:
        return self.path


class ContentSight(models.Model):
    """What an analyser saw on one content, wherever it lies. Derived: it can be thrown away and seen again."""

    sha256 = models.CharField(max_length=64, unique=True)
    version = models.CharField(max_length=100)  # of the analyser
    pieces = models.JSONField(default=list)  # score, box as shares, probabilities by wide type; the main piece first
    figures = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.sha256}: {len(self.pieces)} piece{pluralize(len(self.pieces))}"


class DuplicateSearch(models.Model):
    """What a search for duplicates found in an archive as it was then. Derived: it can be thrown away and redone."""

    archive = models.OneToOneField(Archive, on_delete=models.CASCADE, related_name="duplicates")
    state = models.CharField(max_length=32)  # hash of the files searched; empty: some could not be read, so try again
    variants = models.JSONField(default=list)  # pairs of row numbers
    unseen = models.JSONField(default=list)  # row number, code, detail
    found_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"duplicates in {self.archive_id}"


class DuplicateGroup(models.Model):
    search = models.ForeignKey(DuplicateSearch, on_delete=models.CASCADE, related_name="groups")
    tier = models.CharField(max_length=20)
    representative = models.ForeignKey(ArchiveFile, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.tier} {self.pk}"


class DuplicateMember(models.Model):
    group = models.ForeignKey(DuplicateGroup, on_delete=models.CASCADE, related_name="members")
    file = models.ForeignKey(ArchiveFile, on_delete=models.CASCADE, related_name="+")
    via = models.ForeignKey(ArchiveFile, null=True, on_delete=models.CASCADE, related_name="+")
    differences = models.JSONField(default=list)  # name, of the representative, of the member
    comparison = models.JSONField(null=True)  # None: same bytes

    def __str__(self) -> str:
        return f"{self.group_id}: {self.file_id}"


class PersonDecision(models.Model):
    """An answer to one question about some contents. The one that is not replaced holds."""

    key = models.CharField(max_length=32)  # hash of the kind and the subjects, whatever their order
    kind = models.CharField(max_length=50)
    subjects = models.JSONField()  # sha256 of each file, sorted
    choice = models.CharField(max_length=50)
    value = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    actor = models.CharField(max_length=150)  # the author's name at that time, or the command
    decided_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)  # by a later answer, or taken back

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("key",), condition=models.Q(replaced_at=None), name="one_decision_in_force"
            ),
        )
        indexes = (models.Index(fields=("kind",), condition=models.Q(replaced_at=None), name="decisions_in_force"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.choice} {self.value}".rstrip()


class WatchedFile(models.Model):
    """What a watcher made of one file with one content. It is handled once `settled_at` says when it was logged.

    `line` is the line of the plan by which it is put to its place: `target` below the folder `root`. Lines that were
    decided in one go are of one `batch`, whose plan can be written again from here; `run` is the apply that did it.
    """

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="watched")
    key = models.CharField(max_length=32)  # hash of the path
    path = models.TextField()  # as shown
    content = models.CharField(max_length=100)  # sha256; of what was never read, all that tells it from another
    outcome = models.CharField(max_length=10)  # approved, rejected or queued
    rule = models.CharField(max_length=100)  # of the policy
    reason = models.CharField(max_length=100)
    detail = models.TextField()
    asks = models.BooleanField(default=False)  # queued by the policy alone: a person is asked "is it good enough?"
    line = models.TextField()
    root = models.TextField(blank=True)
    target = models.TextField(blank=True)  # empty: it stays where it is
    batch = models.CharField(max_length=32, blank=True)
    run = models.CharField(max_length=32, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("archive", "key", "content"), name="one_outcome_per_content"),)
        indexes = (
            models.Index(fields=("archive", "outcome"), name="watched_outcome"),
            models.Index(fields=("batch",), condition=models.Q(settled_at=None), name="watched_open_batch"),
        )

    def __str__(self) -> str:
        return f"{self.path}: {self.outcome}"
