"""Renditions: smaller copies of pictures, each made once and never larger than its original."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture

from articles import renditions
from articles.models import Image
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def image(picture, name="images/sarn.jpg", **options):
    out = io.BytesIO()
    picture.save(out, options.pop("format", "JPEG"), **options)
    return Image.objects.create(file=ContentFile(out.getvalue(), name), credit="Photo: Ida Lind")


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def opened(image, width):
    with image.file.storage.open(image.rendition_name(width)) as file, Picture.open(file) as picture:
        picture.load()
        return picture


@pytest.mark.parametrize(
    ("width", "widths"), [(400, []), (480, []), (481, [480]), (960, [480]), (961, [480, 960]), (2400, [480, 960])]
)
def test_copies_are_narrower_than_the_original(width, widths):
    made = image(Picture.new("RGB", (width, 100)))
    assert renditions.make_all([made]) == 1
    assert Image.objects.get().rendition_widths == widths
    assert [opened(made, width).width for width in widths] == widths


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK"])
def test_every_kind_of_picture_gets_its_copies(mode):
    kind = "JPEG" if mode in ("RGB", "L", "CMYK") else "PNG"
    made = image(Picture.new(mode, (1200, 900)), format=kind)
    renditions.make_all([made])
    copies = [opened(made, width) for width in (480, 960)]
    assert [(copy.format, copy.size) for copy in copies] == [("WEBP", (480, 360)), ("WEBP", (960, 720))]


def test_transparent_part_stays_transparent():
    picture = Picture.new("RGBA", (1000, 1000), (255, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 500, 1000))
    made = image(picture, "images/sarn.png", format="PNG")
    renditions.make_all([made])
    copy = opened(made, 480)
    assert (copy.getpixel((100, 200))[3], copy.getpixel((400, 200))[3]) == (0, 255)


def test_picture_taken_with_the_camera_on_its_side_stands_upright():
    """A browser turns the original by its note; the copy has no note and has to be turned itself."""
    picture = Picture.new("RGB", (1200, 800), "white")
    picture.paste("black", (0, 0, 600, 800))  # the left half; turned by 90 degrees it is the upper one
    note = Picture.Exif()
    note[0x0112] = 6
    made = image(picture, exif=note)
    renditions.make_all([made])
    copy = opened(made, 480)
    assert copy.size == (480, 720)
    assert (copy.getpixel((240, 100))[0] < 30, copy.getpixel((240, 620))[0] > 225) == (True, True)


def test_thin_picture_keeps_a_line_of_points():
    made = image(Picture.new("RGB", (1000, 1)))
    renditions.make_all([made])
    assert opened(made, 480).size == (480, 1)


def test_copies_that_are_there_are_not_made_again(folder):
    made = image(Picture.new("RGB", (600, 400)))
    renditions.make_all([made])
    (folder / made.rendition_name(480)).write_bytes(b"as it was")
    renditions.make_all([made])
    assert (folder / made.rendition_name(480)).read_bytes() == b"as it was"
    assert files(folder) == [made.file.name, made.rendition_name(480)]


def test_copy_that_an_interruption_left_empty_is_made_again(folder):
    made = image(Picture.new("RGB", (600, 400)))
    renditions.make_all([made])
    (folder / made.rendition_name(480)).write_bytes(b"")
    renditions.make_all([made])
    assert opened(made, 480).size == (480, 320)
    assert files(folder) == [made.file.name, made.rendition_name(480)]


def test_missing_file_has_no_copies(folder):
    made = image(Picture.new("RGB", (600, 400)))
    renditions.make_all([made])
    (folder / made.file.name).unlink()
    renditions.make_all([Image.objects.get()])
    assert Image.objects.get().rendition_widths == []


def test_many_pictures_are_made_together_each_with_its_own_copies(django_assert_num_queries):
    made = [image(Picture.new("RGB", (500 + number * 200, 300)), f"images/{number}.jpg") for number in range(5)]
    with django_assert_num_queries(5):
        assert renditions.make_all(made) == 5
    assert [row.rendition_widths for row in Image.objects.order_by("pk")] == [
        [480],
        [480],
        [480],
        [480, 960],
        [480, 960],
    ]


def test_nothing_is_written_where_nothing_changed(django_assert_num_queries):
    made = image(Picture.new("RGB", (600, 400)))
    renditions.make_all([made])
    made.refresh_from_db()
    with django_assert_num_queries(0):
        renditions.make_all([made])


def test_files_go_with_the_record(folder):
    made, other = (image(Picture.new("RGB", (1000, 400)), f"images/{name}.jpg") for name in ("sarn", "orr"))
    renditions.make_all([made, other])
    renditions.remove(made)
    renditions.remove(made)
    assert files(folder) == sorted([other.file.name, other.rendition_name(480), other.rendition_name(960)])
    assert make.Image.objects.count() == 2


# --- crops ------------------------------------------------------------------------------------------------------------


def marked(width, height, *, at):
    """Return a white picture with a black mark around the point ``at``, from 0 to 1."""
    picture = Picture.new("RGB", (width, height), "white")
    x, y = round(at[0] * width), round(at[1] * height)
    picture.paste("black", (x - 40, y - 40, x + 40, y + 40))
    return picture


def test_wide_picture_is_cropped_into_the_three_shapes_around_its_focal_point(folder):
    made = image(marked(2000, 900, at=(0.9, 0.5)))
    Image.objects.update(focal_x=0.9)
    made.refresh_from_db()
    renditions.make_all([made])
    made.refresh_from_db()
    assert {shape: (crop["width"], crop["height"]) for shape, crop in made.crops.items()} == {
        "16x9": (1200, 675),
        "4x3": (1200, 900),
        "1x1": (900, 900),
    }
    for crop in made.crops.values():
        with Picture.open(folder / crop["name"]) as picture:
            assert (picture.format, picture.size) == ("JPEG", (crop["width"], crop["height"]))
            assert min(picture.convert("L").tobytes()) < 30  # the mark is in sight


def test_picture_that_is_too_small_has_no_crops():
    made = image(Picture.new("RGB", (1199, 900)))
    renditions.make_all([made])
    assert Image.objects.get().crops == {}


def test_moved_focal_point_makes_new_crops_and_leaves_no_old_ones(folder):
    made = image(marked(1600, 900, at=(0.1, 0.5)))
    renditions.make_all([made])
    made = Image.objects.get()
    before = {crop["name"] for crop in made.crops.values()}
    made.focal_x = 0.1
    made.save()
    renditions.make_all([made])
    made = Image.objects.get()
    now = {crop["name"] for crop in made.crops.values()}
    assert now.isdisjoint(before)
    assert {name for name in files(folder) if name.endswith(".jpg")} == now | {made.file.name}
    renditions.remove(made)
    assert files(folder) == []


def test_crops_are_known_again_after_a_fixture_was_loaded_over_the_record(django_assert_num_queries):
    made = image(Picture.new("RGB", (1200, 800)))
    renditions.make_all([made])
    crops = Image.objects.get().crops
    Image.objects.update(crops={}, rendition_widths=[])
    made.refresh_from_db()
    with django_assert_num_queries(1):
        renditions.make_all([made])
    assert (len(crops), Image.objects.get().crops) == (3, crops)
