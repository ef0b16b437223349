"""Which articles stand in a list: what its page and its feeds have in common."""

from dataclasses import dataclass

from django.http import Http404

from articles.models import Article, Author, Hashtag, Outlet, Section, Story


@dataclass(frozen=True)
class Listed:
    """``record`` whose list it is, its live ``articles``, a QuerySet, and the instant of asking.

    A record known from unpublished articles only is not shown: its very name would tell of them, here and in the
    address of a redirect.
    """

    record: object
    articles: object
    at: object

    @property
    def is_shown_empty(self):
        """Whether the list is shown where no public article stands in it. Asks the database for authors."""
        if isinstance(self.record, Author):  # readers know one from an answer to a comment, which links here
            return self.record.comments.public().filter(article__in=Article.objects.live(at=self.at)).exists()
        return not isinstance(self.record, Hashtag)


# What is listed by its slug: the records that may be asked for, and how articles are found from one.
LISTED = {
    "section": (Section.objects.all, "section"),
    "outlet": (lambda: Outlet.objects.active(), "outlet"),
    "hashtag": (lambda: Hashtag.objects.select_related("alias_of"), "hashtags"),
    "author": (lambda: Author.objects.select_related("outlet"), "bylines__author"),
}


def find(name, slug, *, at):
    """Return what is Listed at ``slug``, or at what was its slug once; raise Http404 where nothing is."""
    records, field = LISTED[name]
    records = records()
    try:
        record = records.at_address(slug)
    except records.model.DoesNotExist as error:
        raise Http404(str(error)) from None
    record = getattr(record, "alias_of", None) or record
    return Listed(record, Article.objects.live(at=at).filter(**{field: record}), at)


def find_story(pk, *, at):
    """Return the story with that number, present or former, and its live articles; raise Http404 if there are none."""
    live = Article.objects.live(at=at)
    story = Story.objects.told_by(live).called(pk)
    if story is None:
        raise Http404("No public article tells this story.")
    return story, live.filter(story=story)
