"""The catalogue's tables. Originals and these rows are the truth; embeddings, index entries and failures are derived.

Rows are soft-deleted (`deleted_at`), so that every deletion by a person can be undone and an import that runs again
does not bring back what a person removed. All writes go through `services.py` and its neighbours.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

__all__ = [
    "AnalysisFailure",
    "AttributeValue",
    "Embedding",
    "Event",
    "IndexEntry",
    "IndexGeneration",
    "Photo",
    "Piece",
    "Product",
    "Source",
]


class Source(models.TextChoices):
    """Where a fact came from, strongest first: the order of the members is the precedence."""

    MANUAL = "manual", "a person"
    CERTIFICATE = "certificate", "a certificate"
    IMPORT = "import", "the import sheet"
    FILENAME = "filename", "the file name"
    TEXT = "text", "the description"
    VISION = "vision", "the photo"
    LLM = "llm", "a language model"


class Product(models.Model):
    """A piece as it is sold. `revision` grows with every change that search results or filters can show."""

    style_code = models.CharField(max_length=100)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    manual_fields = models.JSONField(default=list)  # names of the fields above that a person set: imports keep off
    revision = models.PositiveBigIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (models.UniqueConstraint(Lower("style_code"), name="style_code_ignoring_case"),)
        indexes = (
            models.Index(fields=("-created_at", "-id"), condition=models.Q(deleted_at=None), name="product_newest"),
            models.Index(fields=("price",), name="product_price"),
        )

    def __str__(self) -> str:
        return self.style_code

    @classmethod
    def coded(cls, style_code: str) -> models.QuerySet[Product]:
        """The product with this style code, whatever its case; through the index (a LIKE would scan the table)."""
        return cls.objects.annotate(folded=Lower("style_code")).filter(folded=Lower(models.Value(style_code)))


class Photo(models.Model):
    """One original, identified by the hash of its bytes. `assigned_by` tells whether a person chose its product."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64, unique=True)
    position = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=1000)
    source_name = models.CharField(max_length=2000, blank=True)  # path inside the folder or zip it came from
    format = models.CharField(max_length=10)
    width = models.PositiveIntegerField()  # pixels as shown, after orientation
    height = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField()  # bytes
    perceptual_hash = models.BigIntegerField(null=True)  # 64 bits, stored signed
    difference_hash = models.BigIntegerField(null=True)
    assigned_by = models.CharField(max_length=20, choices=Source.choices, default=Source.IMPORT)
    created_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position", "id")
        indexes = (models.Index(fields=("product", "deleted_at", "position", "id"), name="photo_gallery"),)

    def __str__(self) -> str:
        return self.file_name


class AttributeValue(models.Model):
    """One statement about a product. An empty manual `value` is a person saying: none of these."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="attribute_values")
    attribute = models.CharField(max_length=50)
    value = models.CharField(max_length=200, blank=True)  # taxonomy id, or free text for text attributes
    source = models.CharField(max_length=20, choices=Source.choices)
    confidence = models.FloatField(default=1.0)
    model_version = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    effective = models.BooleanField(default=False)  # decided by precedence.py, kept so that SQL can filter by it
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("product", "attribute", "value", "source", "model_version"), name="one_statement_each"
            ),
        )
        indexes = (
            models.Index(
                fields=("attribute", "value", "product"), condition=models.Q(effective=True), name="effective_value"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attribute}={self.value} ({self.source})"


class Embedding(models.Model):
    """A photo's vector by one encoder version: float16, little-endian, length 1 up to rounding."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="embeddings")
    encoder = models.CharField(max_length=100)
    vector = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("photo", "encoder"), name="one_vector_per_encoder"),)
        indexes = (models.Index(fields=("encoder", "photo"), name="embedding_by_encoder"),)

    def __str__(self) -> str:
        return f"{self.photo_id} by {self.encoder}"


class Piece(models.Model):
    """One piece that an analyser version saw on a photo; the main one has the place 0. Boxes are x, y, w, h as
    fractions of the photo. Part vectors are stored as embeddings are, None where the crop does not show the part."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="pieces")
    encoder = models.CharField(max_length=100)
    place = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=50)
    score = models.FloatField()  # 0: nothing was found and the whole photo was read
    box = models.JSONField()
    crop = models.JSONField()  # what was read: the box with some air
    beliefs = models.JSONField(default=list)  # [attribute, value, probability, [[value, probability], ...]]
    parts = models.BinaryField()  # grey PNG whose values are `PartClass` numbers, over the crop
    setting_vector = models.BinaryField(null=True)
    stones_vector = models.BinaryField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("photo", "encoder", "place"), name="one_piece_per_place"),)
        indexes = (models.Index(fields=("encoder", "place", "photo"), name="main_pieces"),)

    def __str__(self) -> str:
        return f"{self.type} on {self.photo_id} by {self.encoder}"


class AnalysisFailure(models.Model):
    """Why a photo has no vector yet. Deleting the row is all it takes to try again."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="failures")
    encoder = models.CharField(max_length=100)
    attempts = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField()
    parked = models.BooleanField(default=False)
    reason = models.CharField(max_length=50)
    detail = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("photo", "encoder"), name="one_failure_per_encoder"),)

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.reason}"


class IndexGeneration(models.Model):
    """One filling of the vector index by one encoder version. At most one is live; a new one is filled beside it."""

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"
        RETIRED = "retired"

    engine = models.CharField(max_length=50)
    encoder_name = models.CharField(max_length=100)  # as in the registry
    encoder = models.CharField(max_length=100)  # its version
    dimension = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.BUILDING)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("state",), condition=models.Q(state="live"), name="one_live_generation"),
        )

    def __str__(self) -> str:
        return f"generation {self.pk} ({self.state})"

    @property
    def folder_name(self) -> str:
        return f"generation-{self.pk}"


class IndexEntry(models.Model):
    """What the index holds: the photo, and the product and revision its payload was made from.

    The photo is a plain number on purpose: an entry must outlive its photo until the index has dropped it too.
    """

    generation = models.ForeignKey(IndexGeneration, on_delete=models.CASCADE, related_name="entries")
    photo_number = models.BigIntegerField()
    product_number = models.BigIntegerField()
    revision = models.PositiveBigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("generation", "photo_number"), name="one_entry_per_photo"),)

    def __str__(self) -> str:
        return f"photo {self.photo_number} in {self.generation_id}"


class Event(models.Model):
    """What happened, by whom: the log that pages show and that nothing deletes."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "import", "product.created", "product.updated", "product.deleted", "product.restored",
        "photo.added", "photo.moved", "photo.deleted", "photo.restored", "photo.failed",
        "index.live", "repair",
        "watch.approved", "watch.rejected", "watch.queued", "watch.reopened",
    )  # fmt: skip

    at = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=30, choices=[(kind, kind) for kind in KINDS])
    actor = models.CharField(max_length=150, blank=True)  # user name, token name or command
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL)
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"
