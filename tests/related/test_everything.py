"""Relating the whole archive: the same however often it is interrupted, and whoever else does it."""

import re
import signal

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, PostingList, Progress, RelatedLink, Story, TermCount, TermVector
from tests import make
from tests.make import DAY
from tests.processes import of_the_tests_database, start, wait_for
from tests.related.reports import concert, flood, postings, relate, shown

EVENTS = ("dyke flood water", "strike dock crane", "cup goal keeper", "budget vote assembly", "tunnel train mountain")


def an_archive(number):
    """Store ``number`` articles on a handful of events as a fixture would: nobody has looked at them yet."""
    now = timezone.now()
    outlets = [make.outlet(f"Paper {place}") for place in range(7)]
    Article.objects.bulk_create(
        Article(
            outlet=outlets[place % 7],
            headline=f"{EVENTS[place % 5].title()} {place // 10}",
            slug="invented",
            body=f"<p>{EVENTS[place % 5]} of day {place // 10}, seen by {place}, word{place % 13} name{place % 17}.</p>"
            * 3,
            state=Article.State.PUBLISHED,
            published_at=now - (number - place) * DAY / 10,
        )
        for place in range(number)
    )


def index():
    """Return all that the index and the links say, however it came about."""
    vectors = TermVector.objects.order_by("pk").values_list("pk", "numbers", "norm", "copy_of", "is_related")
    links = RelatedLink.objects.order_by("article", "related").values_list("article", "related", "score", "reason")
    return (
        dict(TermCount.objects.filter(articles__gt=0).values_list("term", "articles")),
        postings(),
        [(pk, bytes(numbers), *rest) for pk, numbers, *rest in vectors],
        list(links),
    )


def counted():
    """Count the terms of all vectors anew, as they have to be counted."""
    counts = {TermCount.ARTICLES: 0}
    for vector in TermVector.objects.all():
        for number in [TermCount.ARTICLES, *vector.unpack()]:
            counts[number] = counts.get(number, 0) + 1
    return counts


@pytest.mark.django_db
def test_everything_is_related_once_and_again_the_same():
    an_archive(60)
    assert related.relate_everything(at=timezone.now()) == 60
    first = index()
    assert (first[0], len(first[3]) > 300) == (counted(), True)
    at = timezone.now()
    related.relate_everything(at=at)
    assert index()[:3] == first[:3]
    assert Progress.objects.count() == 0


@pytest.mark.django_db
def test_interrupted_rounds_go_on_where_they_stopped(monkeypatch):
    an_archive(120)
    steps, at = [], timezone.now()
    related.relate_everything(at=at)
    whole = index()
    RelatedLink.objects.all().delete()
    TermVector.objects.all().delete()
    PostingList.objects.all().delete()
    TermCount.objects.all().delete()
    Story.objects.all().delete()

    def stop(done, of):
        steps.append(done)
        if len(steps) in (2, 5, 6):
            raise KeyboardInterrupt

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            related.relate_everything(at=at, report=stop)
    assert related.relate_everything(at=at, report=stop) == 120
    assert steps == [50, 100, 120, 170, 220, 240, 290, 340, 360]
    assert index()[:3] == whole[:3]
    assert len(index()[3]) == len(whole[3])


@pytest.mark.django_db
def test_told_to_restart_it_begins_at_the_beginning():
    an_archive(3)
    Progress.objects.create(name="count-all", position=10**9)
    Progress.objects.create(name="weigh-all", position=10**9)
    Progress.objects.create(name="relate-all", position=10**9)
    related.relate_everything(at=timezone.now(), restart=True)
    assert TermVector.objects.filter(is_related=True).count() == 3


@pytest.mark.django_db
def test_what_went_past_the_models_is_put_right():
    article, other, story = flood(), flood("Sarn dyke mended"), make.story(is_named=False)
    relate(article, other)
    Article.objects.filter(pk=other.pk).update(state="draft")
    related.relate_everything(at=timezone.now())
    assert list(TermVector.objects.values_list("pk", flat=True)) == [article.pk]
    assert (RelatedLink.objects.count(), Story.objects.filter(pk=story.pk).exists()) == (0, False)


@pytest.mark.django_db
def test_only_what_is_new_is_related_since_an_instant():
    old, new = flood(at=timezone.now() - 9 * DAY), flood("Sarn dyke mended")
    relate(old)
    concert()
    assert related.relate_everything(at=timezone.now(), since=timezone.now() - DAY) == 2
    assert (shown(new), shown(old)) == ([old.headline], [new.headline])


@pytest.mark.django_db
def test_what_came_out_since_an_instant_is_related_however_far_the_whole_archive_has_come():
    an_archive(3)
    Progress.objects.create(name="relate-all", position=10**9)
    related.relate_everything(at=timezone.now(), since=timezone.now() - DAY)
    assert TermVector.objects.filter(is_related=True).count() == 3
    assert list(Progress.objects.values_list("name", flat=True)) == ["relate-all"]


# --- real processes ---------------------------------------------------------------------------------------------------


@pytest.fixture
def site(transactional_db):
    return of_the_tests_database()


def relating(site, log):
    return start("relate", "--all", log=log, env=site)


def test_killed_at_any_point_nothing_is_lost(site, tmp_path):
    an_archive(200)
    log = tmp_path / "log"
    points = {
        "counting": lambda: TermVector.objects.count() > 40,
        "weighing": lambda: PostingList.objects.exists(),
        "relating": lambda: RelatedLink.objects.count() > 300,
    }
    for is_reached in points.values():
        process = relating(site, log)
        wait_for(is_reached, process, log)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert Progress.objects.get(name="relate-all").position >= 0
    process = relating(site, log)
    assert process.wait(60) == 0, log.read_text()
    said = log.read_text()
    assert "200 articles related." in said
    assert int(re.search(r"\((\d+) of 600 steps\)", said)[1]) > 400, "it began at the beginning"
    killed = index()
    assert killed[0] == counted()
    related.relate_everything(at=timezone.now(), restart=True)
    whole = index()
    assert (killed[0], killed[2]) == (whole[0], whole[2])
    assert {pair[:2] for pair in killed[3]} == {pair[:2] for pair in whole[3]}


def test_two_processes_at_once_do_no_harm(site, tmp_path):
    an_archive(120)
    logs = [tmp_path / "one", tmp_path / "two"]
    processes = [relating(site, log) for log in logs]
    assert [process.wait(120) for process in processes] == [0, 0], [log.read_text() for log in logs]
    counts, _, vectors, links = index()
    assert (counts, len(vectors)) == (counted(), 120)
    related.relate_everything(at=timezone.now(), restart=True)
    assert index()[2] == vectors
    assert {link[:2] for link in index()[3]} == {link[:2] for link in links}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["it is counted", "it is related", "another is related"])
def test_article_that_is_deleted_meanwhile_stops_nobody(monkeypatch, moment):
    concerts = [concert(f"Cellist {number}") for number in range(3)]
    article, gone = flood("Sarn dyke breaks at Ottery"), flood("Ottery flooded by the Sarn")
    module, name, at_work = {
        "it is counted": (related.index, "vector_of", gone),
        "it is related": (related.index, "keep", gone),
        "another is related": (related.stories, "join", article),
    }[moment]
    deed, deleted = getattr(module, name), []

    def delayed(one, *args, **kwargs):
        if one.pk == at_work.pk and not deleted:
            deleted.append(Article.objects.get(pk=gone.pk).delete())
        return deed(one, *args, **kwargs)

    monkeypatch.setattr(module, name, delayed)
    related.relate_everything(at=timezone.now())
    assert (len(deleted), set(TermVector.objects.values_list("pk", flat=True))) == (
        1,
        {article.pk, *(each.pk for each in concerts)},
    )
