"""Pictures that editors upload: checked before they are decoded, then written anew, so that nothing hidden is kept."""

import io
import warnings
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from PIL import Image as Picture
from PIL import ImageOps

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000  # a camera of 40 megapixels; decoded it takes 120 MB for a moment
TOO_MANY_PIXELS = "The picture has too many pixels. It may have 40 megapixels at most."
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
QUALITY = {
    "JPEG": {"quality": 90, "optimize": True, "progressive": True},
    "WEBP": {"quality": 90},
    "PNG": {"optimize": True},
}
MODES = {"JPEG": {"L", "RGB"}, "WEBP": {"RGB", "RGBA"}, "PNG": {"L", "RGB", "RGBA"}}
# What Pillow raises on a file that is broken or made to harm: the uploader's affair, never an error 500.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError, MemoryError)


class PictureField(forms.ImageField):
    """Take a JPEG, PNG or WebP picture and give it back upright, as one frame, without EXIF, GPS or comments."""

    def to_python(self, data):
        if data in self.empty_values:
            return None
        return super().to_python(rewritten(data))


def rewritten(upload):
    """Return ``upload`` written anew, or raise ValidationError with a sentence for the person who sent it."""
    if upload.size > MOST_BYTES:
        raise ValidationError(f"The file has {upload.size / 2**20:.0f} MB. A picture may have 20 MB at most.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Picture.DecompressionBombWarning)  # the limit here is far below Pillow's own
        try:
            return _rewritten(upload)
        except Picture.DecompressionBombError:
            raise ValidationError(TOO_MANY_PIXELS) from None
        except BROKEN:
            raise ValidationError("This is not a picture we can read. Send a JPEG, PNG or WebP file.") from None


def _rewritten(upload):
    kind = _checked(upload)
    upload.seek(0)
    with Picture.open(upload, formats=[kind]) as picture:
        profile = picture.info.get("icc_profile")  # colours need it, and it tells nothing of the person
        upright = ImageOps.exif_transpose(picture)
        out = io.BytesIO()
        _plain(upright, kind).save(out, kind, icc_profile=profile if upright.mode != "CMYK" else None, **QUALITY[kind])
    stem = slugify(PurePosixPath(upload.name or "").stem)[:80] or "picture"
    return SimpleUploadedFile(f"{stem}.{EXTENSIONS[kind]}", out.getvalue(), f"image/{kind.lower()}")


def _checked(upload):
    """Return the format, read from the head of the file, where all is well."""
    upload.seek(0)
    with Picture.open(upload, formats=list(EXTENSIONS)) as picture:
        kind, (width, height) = picture.format, picture.size
        if width * height > MOST_PIXELS:
            raise ValidationError(TOO_MANY_PIXELS)
        picture.verify()
    return kind


def _plain(picture, kind):
    """Return the pixels alone, in a mode that ``kind`` can hold."""
    has_alpha = picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info
    if picture.mode not in MODES[kind] or has_alpha:
        picture = picture.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
    bare = Picture.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare
