"""Pictures, with what has to be said of them wherever they are shown."""

from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


class ImageManager(models.Manager):
    def get_by_natural_key(self, file):
        return self.get(file=file)


class Image(models.Model):
    class Rights(models.TextChoices):
        OWN = "own", "Ours"
        AGENCY = "agency", "Agency, under contract"
        LICENSED = "licensed", "Licensed for this use"
        HANDOUT = "handout", "Handout, free for editorial use"
        CREATIVE_COMMONS = "cc", "Creative Commons"
        PUBLIC_DOMAIN = "public", "Public domain"

    EXTENSIONS = ("jpg", "jpeg", "png", "webp")

    file = models.ImageField(
        upload_to="images/%Y/%m/",
        width_field="width",
        height_field="height",
        max_length=200,
        unique=True,
        validators=[FileExtensionValidator(EXTENSIONS)],
        help_text="JPEG, PNG or WebP, at least 1200 pixels on its shorter side.",
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    rendition_widths = models.JSONField(default=list, blank=True, editable=False)  # pixels, rising; made by renditions
    # {shape: {"name": in the storage, "width": pixels, "height": pixels}}, made by renditions; see `in_shapes`.
    crops = models.JSONField(default=dict, blank=True, editable=False)
    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who cannot see it. Leave it empty only for pure decoration.",
    )
    caption = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=120, help_text="Who made it, as printed under the picture.")
    rights = models.CharField(max_length=10, choices=Rights, default=Rights.OWN)
    focal_x = models.FloatField(
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="Where the subject is, from 0 (left) to 1 (right). Crops keep this point.",
    )
    focal_y = models.FloatField(
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="Where the subject is, from 0 (top) to 1 (bottom).",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImageManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)), name="focal_point_lies_in_the_image"
            ),
        ]

    def __str__(self):
        return self.caption or self.alt or self.file.name

    def natural_key(self):
        return (self.file.name,)

    @property
    def srcset(self):
        """The candidates for ``<img srcset>``: every rendition, then the original."""
        candidates = [f"{self.rendition_url(width)} {width}w" for width in self.rendition_widths]
        return ", ".join([*candidates, f"{self.file.url} {self.width}w"])

    @property
    def smallest_url(self):
        """The address of the smallest rendition, or of the original where there is none."""
        return self.rendition_url(self.rendition_widths[0]) if self.rendition_widths else self.file.url

    def rendition_name(self, width):
        """Return the storage name of the rendition ``width`` pixels wide."""
        return f"renditions/{self.file.name.removeprefix('images/').rsplit('.', 1)[0]}-{width}.webp"

    def rendition_url(self, width):
        return self.file.storage.url(self.rendition_name(width))

    def crop_name(self, shape):
        """Return the storage name of the crop in ``shape``, "4x3", around the focal point."""
        return f"{self.rendition_name(shape).removesuffix('.webp')}-at-{self.object_position}.jpg"

    def in_shapes(self):
        """Return (address, width, height) of each crop; of the picture as it is where there are none."""
        cropped = [(self.file.storage.url(crop["name"]), crop["width"], crop["height"]) for crop in self.crops.values()]
        return cropped or [(self.file.url, self.width, self.height)]

    @property
    def object_position(self):
        """The focal point as a CSS class suffix, in steps of ten per cent: "50-30"."""
        return f"{round(self.focal_x * 10) * 10}-{round(self.focal_y * 10) * 10}"
