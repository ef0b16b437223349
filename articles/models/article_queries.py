"""Which articles, in what order, for which screen."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from articles.models.author import Byline
from articles.models.comment_policy import CommentsPolicy
from articles.models.conversation import Conversation
from articles.models.edition import Edition
from articles.models.front import FrontPin
from articles.models.trust_page import TrustPage

# What a card, a list row or a feed item never shows; bodies are most of a row's bytes.
NOT_ON_CARDS = ("body", "embargo_note", "withdrawal_reason")


class ArticleQuerySet(models.QuerySet):
    # which

    def live(self, *, at):
        """Return the articles that the public may see at the instant ``at``. The one definition of public."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            Q(embargo_until=None) | Q(embargo_until__lte=at),
            state=self.model.State.PUBLISHED,
            published_at__lte=at,
            outlet__is_active=True,
        )

    def discussed(self, *, at):
        """Return the live articles that show comments, with all that decides who may write there."""
        off = {"comments_policy": CommentsPolicy.OFF}
        shown = self.live(at=at).exclude(**off).exclude(outlet__comments_policy=CommentsPolicy.OFF)
        return shown.exclude(Exists(Conversation.objects.filter(**off))).with_site_rules()

    def withdrawn(self, *, at):
        """Return the articles that the public may have seen and that were taken back."""
        return self.filter(
            state=self.model.State.WITHDRAWN, published_at__lte=at, withdrawn_at__lte=at, outlet__is_active=True
        ).filter(Q(embargo_until=None) | Q(embargo_until__lte=F("withdrawn_at")))

    def in_place_of(self, pk, *, at):
        """Return the article to which an editor leads readers of the withdrawn one whose number ``pk`` is."""
        led_on = self.model.objects.withdrawn(at=at).filter(pk=pk, withdrawal_outcome=self.model.Outcome.REDIRECT)
        return self.filter(pk__in=led_on.values("redirect_to"))

    def scheduled(self, *, at):
        """Return the articles that will become public by themselves after ``at``."""
        return self.filter(state=self.model.State.PUBLISHED).filter(Q(published_at__gt=at) | Q(embargo_until__gt=at))

    def indexable(self):
        """Return those that search engines may list here: whole texts of others are theirs to be found at."""
        return self.exclude(outlet__text_shown="full")

    def of_derivable_texts(self):
        """Return those from which key points and the like may be made: `Outlet.derives_texts`."""
        return self.filter(
            Q(outlet__text_shown="own") | Q(outlet__text_shown="full", outlet__allows_derived_texts=True)
        )

    def opinion(self):
        return self.filter(kind=self.model.Kind.OPINION)

    def reporting(self):
        """Leave out opinion and what somebody paid for."""
        return self.exclude(kind__in=[self.model.Kind.OPINION, self.model.Kind.SPONSORED])

    def unpaid(self):
        """Leave out what somebody paid for: it is no coverage."""
        return self.exclude(kind=self.model.Kind.SPONSORED)

    def on_front(self, *, at):
        """Return those that editors pinned to the front page and still want there, each with its ``front_pin``."""
        return self.filter(front_pin__in=FrontPin.objects.in_force(at=at)).select_related("front_pin")

    def instants_between(self, start, end):
        """Return the instants in (start, end] at which an article becomes public or stops being so."""
        window = (start, end)
        changing = Q(published_at__range=window) | Q(embargo_until__range=window) | Q(expires_at__range=window)
        rows = self.filter(changing, state=self.model.State.PUBLISHED)
        times = rows.values_list("published_at", "embargo_until", "expires_at")
        return sorted({instant for row in times for instant in row if instant and start < instant <= end})

    def get_by_natural_key(self, key):
        return self.get(uuid=key)

    # kept in step

    def recount_comments(self):
        """Set ``comment_count`` to the number of public comments; return how many articles had another."""
        public = self.model.comments.rel.related_model.objects.filter(article=OuterRef("pk"), state="public")
        counted = public.order_by().values("article").annotate(number=Count("pk")).values("number")
        number = Coalesce(Subquery(counted), 0)
        return self.exclude(comment_count=number).update(comment_count=number)

    # in what order

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def first_report_first(self):
        return self.order_by("published_at", "pk")

    # for which screen

    def for_cards(self):
        """Load what a card shows: outlet, section, picture and bylines; no bodies. Two queries."""
        return self.select_related("outlet", "section", "lead_image").defer(*NOT_ON_CARDS).prefetch_bylines()

    def for_comments(self):
        """Load what a page of comments says of the article. One query."""
        return self.select_related("outlet", "section").defer(*NOT_ON_CARDS)

    def for_page(self):
        """Load what the article page shows of the article itself."""
        return (
            self.select_related("outlet", "section", "lead_image", "story", "reading_aid")
            .annotate(has_changed=Exists(Edition.objects.seen_by_readers()), **TrustPage.objects.beside())
            .with_site_rules()
            .prefetch_bylines()
            .prefetch_related("hashtags", "corrections")
        )

    def for_feed(self):
        """Load what a feed tells of each article, its text among it. Three queries."""
        told = self.select_related("outlet", "section", "lead_image").defer("embargo_note", "withdrawal_reason")
        return told.with_site_rules().prefetch_bylines().prefetch_related("hashtags")

    def for_desk(self):
        """Load what a row of the editors' list shows."""
        return self.select_related("outlet", "section").defer(*NOT_ON_CARDS)

    def with_site_rules(self):
        """Load what the site says of comments along with each; `see_terms` needs no query then."""
        return self.annotate(**Conversation.objects.beside())

    def prefetch_bylines(self):
        return self.prefetch_related(_bylines())

    def facet(self, field):
        """Return ``{value: number of articles}`` over ``field``."""
        return dict(self.order_by().values_list(field).annotate(Count("pk", distinct=True)))


def load_bylines(articles):
    """Load the bylines of all ``articles``, of several lists as well, in one query."""
    prefetch_related_objects(articles, _bylines())


def _bylines():
    return Prefetch("bylines", Byline.objects.select_related("author").order_by("position", "pk"))
