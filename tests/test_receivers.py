"""What follows from a change by itself, once the change is committed and not before."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Image, ReadingAid, RelatedLink
from tests import make

BODY = "".join(
    f"<p>In {place} the gauge number {number} of the water board showed {number * 7} centimetres on {day}.</p>"
    for number, (place, day) in enumerate(
        zip(
            "Ottery Wexcombe Caldmoor Aubrelle Harrowmere Lindow Marwick".split(),
            "Monday Tuesday".split() * 4,
            strict=False,
        )
    )
)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context in which everything is carried out that waits for the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def links():
    return set(RelatedLink.objects.values_list("article__headline", "related__headline"))


@pytest.mark.django_db
def test_published_article_is_related_and_prepared(committed):
    with committed():
        make.article("Sarn dyke breaks", body=BODY)
        make.article("Sarn dyke mended", body=BODY)
    assert links() == {("Sarn dyke breaks", "Sarn dyke mended"), ("Sarn dyke mended", "Sarn dyke breaks")}
    assert [len(aid.key_points) >= 3 for aid in ReadingAid.objects.all()] == [True, True]


@pytest.mark.django_db
def test_nothing_is_done_before_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        make.article("Sarn dyke breaks", body=BODY)
        assert (len(waiting), links(), ReadingAid.objects.count()) == (0, set(), 0)
    assert len(waiting) >= 1


@pytest.mark.django_db
def test_withdrawn_article_loses_its_links(committed):
    with committed():
        article = make.article("Sarn dyke breaks")
        make.article("Sarn dyke mended")
    with committed():
        article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    assert links() == set()


@pytest.mark.django_db
def test_edited_text_gets_points_of_its_own(committed):
    with committed():
        article = make.article("Sarn dyke breaks", body=BODY)
    before = ReadingAid.objects.get().source_hash
    with committed():
        article.body = BODY.replace("centimetres", "inches")
        article.save()
    aid = ReadingAid.objects.get()
    assert (aid.source_hash != before, "inches" in aid.key_points[0]["text"]) == (True, True)


@pytest.mark.django_db
def test_article_that_is_gone_by_the_commit_is_no_error(committed):
    with committed():
        make.article("Sarn dyke breaks").delete()
    assert (Article.objects.count(), ReadingAid.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_picture_gets_its_copies_when_it_comes_and_takes_them_along(committed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with committed():
        image = make.image("sarn.png", width=500, height=300)
    assert Image.objects.get().rendition_widths == [480]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
    with committed():
        image.delete()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_picture_whose_deletion_was_taken_back_keeps_its_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = make.image("sarn.png", width=100, height=100)
    with transaction.atomic():
        image.delete()
        transaction.set_rollback(True)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["sarn.png"]


@pytest.mark.django_db
def test_mark_that_an_editor_uploads_stays_what_it_is(committed, settings, tmp_path):
    """Only a fixture's pictures come from the fixtures' folder."""
    settings.MEDIA_ROOT = tmp_path
    with committed():
        outlet = make.outlet("The Lantern")
        outlet.logo.save("the-lantern.webp", ContentFile(b"an editor's own"))
    assert (tmp_path / "outlets" / "the-lantern.webp").read_bytes() == b"an editor's own"
