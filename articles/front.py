"""The front page: what editors pinned, what rules put into the places that are left, and nothing twice."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F

from articles.models import PLACES, Article, Story
from articles.models.article_queries import load_bylines

POOL = 160  # the newest live articles, out of which the page is made
LEAD_IS_FRESH = timedelta(hours=36)  # an older article leads only when there is nothing newer
LEAST_OUTLETS = 3  # from here on a story counts as widely covered
LATEST, OPINION, WIDELY, IN_SECTION = 6, 4, 4, 4
# Articles of one outlet that rules put into one part of the page: the top, the opinions, a section. With two of four or
# five no outlet fills a part alone; where the newest articles all are of one outlet, there is nothing to balance.
MOST_OF_OUTLET = 2
TELLINGS = 8  # outlets whose marks stand with a widely covered story


@dataclass
class Front:
    """Articles in the order in which the page shows them; ``sections`` and ``stories`` are lists of pairs.

    ``lead_event`` is the story of the lead, with its counts; ``lead_story`` is how other outlets tell it. ``pictured``
    holds, by their keys, the articles that show their picture, each picture once. ``until`` is when the first pin ends.
    """

    lead: Article | None = None
    lead_event: Story | None = None
    lead_story: list = field(default_factory=list)
    secondary: list = field(default_factory=list)
    latest: list = field(default_factory=list)
    opinion: list = field(default_factory=list)
    stories: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    pictured: dict = field(default_factory=dict)
    until: datetime | None = None

    @property
    def top(self):
        return [article for article in (self.lead, *self.secondary) if article]


def arrange(*, at):
    """Return the Front at the instant ``at``. Four queries.

    No article stands in two places, and no text that several outlets ran, but for the list of the latest and the widely
    covered stories, which show who tells them.
    """
    pinned, pool = _load(at=at)
    placed = {article.front_pin.place: article for article in pinned}
    front = Front(latest=pool[:LATEST], until=_first_end(pinned))
    known = sorted({*pool, *pinned}, key=lambda article: (article.published_at, article.pk), reverse=True)
    by_story = defaultdict(list)
    for article in known:
        if article.story_id:
            by_story[article.story_id].append(article)
    used = {_text(article) for article in pinned}
    most = MOST_OF_OUTLET if len({article.outlet_id for article in known}) > 1 else POOL
    _fill_top(front, placed, pool, by_story, used, most=most, at=at)
    front.opinion = _take([article for article in pool if article.is_opinion], OPINION, used, most=most)
    stories = _stories(by_story, at=at)
    front.lead_event = stories.pop(front.lead and front.lead.story_id, None)
    front.stories = _widely_covered(stories.values(), by_story)
    front.sections = _by_section(pool, used, most=most)
    _show_pictures(front)
    return front


def _load(*, at):
    """Return what editors pinned and readers may see, and the newest articles of all."""
    live = Article.objects.live(at=at).for_cards().prefetch_related(None)
    live = live.annotate(copy_of=F("term_vector__copy_of"))
    # An article may have been sold after it was pinned: what somebody paid for never stands on top.
    pinned = [article for article in live.on_front(at=at).order_by("front_pin__place") if not article.is_sponsored]
    pool = list(live.newest_first()[:POOL])
    load_bylines([*pinned, *pool])
    return pinned, pool


def _text(article):
    """Return what stands for the text of ``article``, which other outlets may have printed too: its first print."""
    return article.copy_of or article.pk


def _first_end(pinned):
    return min((article.front_pin.ends_at for article in pinned if article.front_pin.ends_at), default=None)


def _fill_top(front, placed, pool, by_story, used, *, most, at):
    """Put the pins into their places, and what rules choose into the others: the lead, then the second rank."""
    reporting = [article for article in pool if not (article.is_opinion or article.is_sponsored)]
    outlets = Counter(article.outlet_id for article in placed.values())
    if lead := placed.get(1) or _lead(reporting, by_story, used, outlets, most=most, at=at):
        outlets[lead.outlet_id] += _text(lead) not in used
        used.add(_text(lead))
        others = [article for article in by_story.get(lead.story_id, ()) if article.outlet_id != lead.outlet_id]
        front.lead_story = _take(others, 3, used, most=1)
    front.lead = lead
    stories = {article.story_id for article in (lead, *placed.values()) if article}
    free = PLACES - 1 - len(placed.keys() - {1})
    chosen = iter(_take(reporting, free, used, most=most, outlets=outlets, once_a_story=stories))
    in_order = (placed.get(place) or next(chosen, None) for place in range(2, PLACES + 1))
    front.secondary = [article for article in in_order if article]


def _lead(reporting, by_story, used, outlets, *, most, at):
    """Choose the newest picture-bearing report of the story that most outlets tell, among the fresh ones."""
    left = [article for article in reporting if _text(article) not in used]
    left = [article for article in left if outlets[article.outlet_id] < most] or left  # a page has to have a lead
    fresh = [article for article in left if at - article.published_at <= LEAD_IS_FRESH]
    with_picture = [article for article in fresh or left if article.lead_image and article.outlet.shows_body]
    candidates = with_picture or fresh or left

    def weight(article):
        outlets = {other.outlet_id for other in by_story.get(article.story_id, ())}
        return (len(outlets), article.kind == Article.Kind.NEWS, article.published_at, article.pk)

    return max(candidates, key=weight, default=None)


def _take(articles, number, used, *, most, outlets=(), once_a_story=None):
    """Take up to ``number`` ``articles`` whose texts are unused, up to ``most`` of an outlet, and mark them as used.

    ``outlets`` counts those that the part has already; ``once_a_story`` holds stories to pass over.
    """
    taken, outlets, stories = [], Counter(outlets), set(once_a_story or ())
    for article in articles:
        if len(taken) == number:
            break
        told = once_a_story is not None and article.story_id and article.story_id in stories
        if _text(article) in used or told or outlets[article.outlet_id] >= most:
            continue
        taken.append(article)
        used.add(_text(article))
        outlets[article.outlet_id] += 1
        stories.add(article.story_id)
    return taken


def _stories(by_story, *, at):
    """Return ``{id: story}`` of the stories that the pool tells, the one that most outlets tell first."""
    told = Story.objects.filter(pk__in=list(by_story)).told_by(Article.objects.live(at=at))
    return {story.pk: story for story in told.widest_first()}


def _widely_covered(stories, by_story):
    """Pair each story that many outlets tell with the newest report of each outlet."""
    widely = [story for story in stories if story.outlet_count >= LEAST_OUTLETS][:WIDELY]
    return [(story, _take(by_story[story.pk], TELLINGS, set(), most=1)) for story in widely]


def _by_section(pool, used, *, most):
    sections = defaultdict(list)
    for article in pool:
        if article.section_id and not article.is_opinion:
            sections[article.section].append(article)
    in_order = sorted(sections.items(), key=lambda pair: (pair[0].position, pair[0].name))
    taken = [(section, _take(articles, IN_SECTION, used, most=most)) for section, articles in in_order]
    return [(section, articles) for section, articles in taken if articles]


def _show_pictures(front):
    """Let each place that has room for a picture show one that the page does not show yet.

    In a section the first article that has such a picture comes to the head.
    """
    shown = set()
    heads = [[front.lead], front.secondary[:1], *(articles for _, articles in front.sections)]
    for articles in heads:
        new = (article for article in articles if article and article.lead_image_id)
        first = next((article for article in new if article.lead_image_id not in shown), None)
        if first:
            articles.remove(first)
            articles.insert(0, first)
            shown.add(first.lead_image_id)
            front.pictured[first.pk] = True
