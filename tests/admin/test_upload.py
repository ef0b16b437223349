"""Pictures that editors upload."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from PIL import ImageCms

from articles.admin import upload
from articles.admin.upload import rewritten
from articles.models import Image
from tests import make
from tests.admin.desk import enter, messages, text, url

NOT_A_PICTURE = "This is not a picture we can read. Send a JPEG, PNG or WebP file."


def picture(kind="JPEG", size=(1600, 900), mode="RGB", name="river.jpg", **options):
    out = io.BytesIO()
    Picture.new(mode, size).save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def png(width, height):
    """Return a well-formed PNG that claims to be so large, in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", file)


def refusal(file):
    with pytest.raises(ValidationError) as refused:
        rewritten(file)
    [sentence] = refused.value.messages
    return sentence


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_three_formats_are_taken_and_keep_their_size(kind, ending):
    file = rewritten(picture(kind, name="Mein Fluß.gif"))
    with Picture.open(file) as stored:
        assert (file.name, stored.format, stored.size) == (f"mein-flu.{ending}", kind, (1600, 900))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_refused_whatever_they_are_called(kind):
    assert refusal(picture(kind, size=(64, 64), name="river.jpg")) == NOT_A_PICTURE


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_png_of_every_kind_comes_through(mode):
    with Picture.open(rewritten(picture("PNG", mode=mode))) as stored:
        assert stored.size == (1600, 900)


def test_print_colours_become_screen_colours():
    with Picture.open(rewritten(picture(mode="CMYK"))) as stored:
        assert stored.mode == "RGB"


def test_place_camera_and_comments_are_dropped():
    exif = Picture.Exif()
    exif[0x010F], exif[0x9286] = "A camera", "A comment"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    before = picture(exif=exif, comment=b"Shot at home")
    assert b"A camera" in before.read()
    before.seek(0)
    file = rewritten(before)
    with Picture.open(file) as stored:
        assert (dict(stored.getexif()), stored.info.get("comment")) == ({}, None)


def test_picture_taken_sideways_is_stored_upright():
    exif = Picture.Exif()
    exif[0x0112] = 6
    with Picture.open(rewritten(picture(exif=exif))) as stored:
        assert stored.size == (900, 1600)


def test_colour_profile_is_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with Picture.open(rewritten(picture(icc_profile=profile))) as stored:
        assert stored.info["icc_profile"] == profile


def test_of_an_animation_the_first_frame_is_kept():
    out = io.BytesIO()
    frames = [Picture.new("RGB", (400, 300), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    with Picture.open(rewritten(SimpleUploadedFile("moving.webp", out.getvalue()))) as stored:
        assert getattr(stored, "n_frames", 1) == 1


@pytest.mark.parametrize(("width", "height"), [(8000, 5001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_bomb_is_refused_before_it_goes_off(width, height):
    assert refusal(png(width, height)) == upload.TOO_MANY_PIXELS


def test_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(upload, "MOST_BYTES", 100)
    assert refusal(picture()).endswith("A picture may have 20 MB at most.")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 40,
        b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 10,
    ],
)
def test_what_only_pretends_to_be_a_picture_is_refused(content):
    assert refusal(SimpleUploadedFile("river.jpg", content)) == NOT_A_PICTURE


def test_picture_that_breaks_off_is_refused():
    whole = picture("PNG", mode="L").read()
    assert refusal(SimpleUploadedFile("river.png", whole[: len(whole) // 2])) == NOT_A_PICTURE


# through the form


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "is_small"), [((800, 600), True), ((1600, 900), True), ((1800, 1200), False)])
def test_editor_adds_a_picture_and_hears_when_its_shorter_side_is_small(size, is_small):
    browser = enter("Editor")
    fields = {"alt": "A river.", "credit": "Photo: Ida Lind", "rights": "own", "focal_x": "0.3", "focal_y": "0.7"}
    page = browser.post(url("articles_image_add"), fields | {"file": picture(size=size)}, follow=True)
    image = Image.objects.get()
    assert (image.width, image.height, image.file.name.endswith(".jpg")) == (*size, True)
    warned = [said for said in messages(page) if said.startswith(f"This picture has {size[0]} × {size[1]} pixels.")]
    assert bool(warned) == is_small


@pytest.mark.django_db
def test_editor_hears_why_a_file_is_refused():
    fields = {"credit": "Photo: Ida Lind", "rights": "own", "focal_x": "0.5", "focal_y": "0.5"}
    bad = fields | {"file": SimpleUploadedFile("river.jpg", b"not a picture")}
    page = enter("Editor").post(url("articles_image_add"), bad)
    assert page.context["adminform"].form.errors == {"file": [NOT_A_PICTURE]}
    assert Image.objects.count() == 0


@pytest.mark.django_db
def test_stored_picture_is_not_exchanged_under_its_caption():
    browser, image = enter("Editor"), make.image()
    address = url("articles_image_change", image.pk)
    before = image.file.name
    fields = {"credit": "Photo: Noor Vis", "rights": "own", "focal_x": "0.5", "focal_y": "0.5"}
    browser.post(address, fields | {"file": picture()})
    image.refresh_from_db()
    assert (image.credit, image.file.name) == ("Photo: Noor Vis", before)


@pytest.mark.django_db
def test_list_shows_thumbnails():
    image = make.image()
    assert image.smallest_url in enter("Reporter").get(url("articles_image_changelist")).content.decode()


@pytest.mark.django_db
def test_outlets_mark_is_checked_like_any_picture():
    outlet = make.outlet()
    fields = {"name": "The Lantern", "text_shown": "own", "language": "en", "is_active": "on"}
    fields |= {"comments_policy": "open", "comments_pause_seconds": 0}
    bad = fields | {"logo": SimpleUploadedFile("mark.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")}
    page = enter("Chief").post(url("articles_outlet_change", outlet.pk), bad)
    assert page.context["adminform"].form.errors == {"logo": [NOT_A_PICTURE]}
    assert "What readers may see" in text(page)
