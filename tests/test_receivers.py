"""What follows from a change by itself, once the change is committed and not before."""

from contextlib import contextmanager

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles import demo, work
from articles.models import (
    Article,
    Due,
    Image,
    Outlet,
    ReadingAid,
    RelatedLink,
    TermCount,
    TermVector,
)
from tests import make
from tests.related.reports import postings

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
    """Return a context after which everything is done that waits for the commit, and what is due then."""

    @contextmanager
    def deed():
        with django_capture_on_commit_callbacks(execute=True):
            yield
        work.do_all_due()

    return deed


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
def test_nothing_is_done_within_the_request(django_capture_on_commit_callbacks):
    """Not even after the commit: the work is noted in the same transaction, and done by whoever does due work."""
    with django_capture_on_commit_callbacks(execute=True):
        article = make.article("Sarn dyke breaks", body=BODY)
    assert (links(), ReadingAid.objects.count(), TermVector.objects.count()) == (set(), 0, 0)
    assert list(Due.objects.values_list("kind", "key")) == [("refresh", article.pk)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_due():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.article("Sarn dyke breaks")
        raise ZeroDivisionError
    assert Due.objects.count() == 0


@pytest.mark.django_db
def test_nothing_points_to_a_withdrawn_article_within_the_same_commit(committed):
    with committed():
        article = make.article("Sarn dyke breaks")
        make.article("Sarn dyke mended")
        make.article("Sarn dyke inspected")
    assert len(links()) == 6
    article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    assert links() == {("Sarn dyke inspected", "Sarn dyke mended"), ("Sarn dyke mended", "Sarn dyke inspected")}
    assert not TermVector.objects.filter(article=article).exists()


@pytest.mark.django_db
def test_article_that_is_published_again_is_linked_again(committed):
    with committed():
        article = make.article("Sarn dyke breaks")
        make.article("Sarn dyke mended")
    before = links()
    article.withdraw(by=None, at=timezone.now(), outcome="gone", reason="Wrong.")
    with committed():
        article.publish(by=None, at=timezone.now())
    assert links() == before


@pytest.mark.django_db
def test_waiting_article_looks_again_when_its_time_has_come(committed):
    at = timezone.now()
    with committed():
        article = make.draft("Sarn dyke breaks")
        article.schedule(by=None, at=at, publish_at=at + make.HOUR)
        held = make.article("Sarn dyke mended", at=at, embargo_until=at + make.DAY)
    assert set(Due.objects.values_list("kind", "key", "due_at")) == {
        ("appear", article.pk, at + make.HOUR),
        ("appear", held.pk, at + make.DAY),
    }
    with committed(), time_machine.travel(at + 2 * make.HOUR, tick=False):
        make.article("Sarn dyke inspected", at=timezone.now() - make.HOUR)
    with time_machine.travel(at + 2 * make.HOUR, tick=False):
        work.do_all_due()
    assert {pair for pair in links() if "Sarn dyke mended" not in pair} == {
        ("Sarn dyke breaks", "Sarn dyke inspected"),
        ("Sarn dyke inspected", "Sarn dyke breaks"),
    }


@pytest.mark.django_db
def test_deleted_article_is_counted_off():
    first, second = make.article("Sarn dyke breaks"), make.article("Sarn dyke mended")
    work.do_all_due()
    counted = dict(TermCount.objects.values_list("term", "articles"))
    second.delete()
    assert TermCount.objects.get(term=TermCount.ARTICLES).articles == counted[TermCount.ARTICLES] - 1 == 1
    assert set(
        TermCount.objects.filter(term__in=TermVector.objects.get(article=first).unpack()).values_list("articles")
    ) == {(1,)}
    assert {article_id for _, article_id, _ in postings()} == {first.pk}


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
def test_mark_of_a_fixture_that_lies_elsewhere_is_not_looked_for(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for logo in ("", "outlets/of-another-site.webp"):
        demo.bring_picture(Outlet(name="Post", logo=logo))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_mark_of_a_fixture_is_brought_once_and_mended_when_it_is_cut(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    outlet = Outlet(name="Lantern", logo="outlets/the-lantern.webp")
    source = settings.BASE_DIR / "fixtures" / "media" / "outlets" / "the-lantern.webp"
    target = tmp_path / "outlets" / "the-lantern.webp"
    demo.bring_picture(outlet)
    brought = target.stat().st_mtime_ns
    demo.bring_picture(outlet)
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (source.read_bytes(), brought)
    target.write_bytes(b"cut")
    demo.bring_picture(outlet)
    assert target.read_bytes() == source.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["the-lantern.webp"]


@pytest.mark.django_db
def test_mark_that_an_editor_uploads_stays_what_it_is(committed, settings, tmp_path):
    """Only a fixture's pictures come from the fixtures' folder."""
    settings.MEDIA_ROOT = tmp_path
    with committed():
        outlet = make.outlet("The Lantern")
        outlet.logo.save("the-lantern.webp", ContentFile(b"an editor's own"))
    assert (tmp_path / "outlets" / "the-lantern.webp").read_bytes() == b"an editor's own"
