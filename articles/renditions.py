"""Renditions: smaller copies of pictures, so that a phone does not load what a desk screen needs."""

import io
from concurrent.futures import ThreadPoolExecutor

from django.core.files.base import ContentFile
from PIL import Image as Picture
from PIL import ImageOps

from articles.models import Image

WIDTHS = (480, 960)  # pixels: a card, and a phone's full width at two pixels a point
QUALITY = 74


def make_all(images, *, threads=2):
    """Make what is missing for ``images`` and note on each record what there is. Return how many images there were.

    Pillow works outside the interpreter's lock, so threads use the cores; they touch files only, never the database.
    """
    images = list(images)
    with ThreadPoolExecutor(threads) as pool:
        for image, widths in zip(images, pool.map(_write_missing, images), strict=True):
            if image.rendition_widths != widths:
                Image.objects.filter(pk=image.pk).update(rendition_widths=widths)
    return len(images)


def _write_missing(image):
    storage = image.file.storage
    if not storage.exists(image.file.name):
        return []
    widths = [width for width in WIDTHS if width < image.width]
    missing = [width for width in widths if not _is_there(storage, image.rendition_name(width))]
    if missing:
        with storage.open(image.file.name) as file, Picture.open(file) as picture:
            upright = ImageOps.exif_transpose(picture)  # a copy carries no note of how the camera was held
            for width in missing:
                name = image.rendition_name(width)
                storage.delete(name)
                storage.save(name, ContentFile(_scaled(upright, width)))
    return widths


def _is_there(storage, name):
    """Tell whether the file is there; an interrupted process may have left an empty one."""
    return storage.exists(name) and storage.size(name) > 0


def _scaled(picture, width):
    height = max(1, round(picture.height * width / picture.width))
    mode = "RGBA" if picture.mode in {"RGBA", "LA", "P"} else "RGB"
    scaled = picture.convert(mode).resize((width, height), Picture.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    scaled.save(out, "WEBP", quality=QUALITY, method=3)
    return out.getvalue()


def remove(image):
    """Delete the files of an image whose record is gone."""
    storage = image.file.storage
    for name in [image.file.name, *(image.rendition_name(width) for width in WIDTHS)]:
        storage.delete(name)
