"""The front page: what leads, what follows, and nothing twice."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from articles.models import Article, Story

POOL = 160  # the newest live articles, out of which the page is made
LEAD_IS_FRESH = timedelta(hours=36)  # an older article leads only when there is nothing newer
LEAST_OUTLETS = 3  # from here on a story counts as widely covered
SECONDARY, LATEST, OPINION, WIDELY, IN_SECTION = 4, 9, 4, 4, 4
TELLINGS = 8  # outlets whose marks stand with a widely covered story


@dataclass
class Front:
    """Articles in the order in which the page shows them; ``sections`` and ``stories`` are lists of pairs.

    ``lead_event`` is the story of the lead, with its counts; ``lead_story`` is how other outlets tell it.
    """

    lead: Article | None = None
    lead_event: Story | None = None
    lead_story: list = field(default_factory=list)
    secondary: list = field(default_factory=list)
    latest: list = field(default_factory=list)
    opinion: list = field(default_factory=list)
    stories: list = field(default_factory=list)
    sections: list = field(default_factory=list)


def arrange(*, at):
    """Return the Front at the instant ``at``.

    No article stands in two places, but for the list of the latest and the widely covered stories, which show who tells
    them.
    """
    pool = list(Article.objects.live(at=at).newest_first().for_cards()[:POOL])
    front = Front(latest=pool[:LATEST])
    by_story = defaultdict(list)
    for article in pool:
        if article.story_id:
            by_story[article.story_id].append(article)
    reporting = [article for article in pool if not (article.is_opinion or article.is_sponsored)]
    used = set()
    front.lead = _lead(reporting, by_story, at=at)
    if front.lead:
        used.add(front.lead.pk)
        told = by_story.get(front.lead.story_id, ())
        others = [article for article in told if article.outlet_id != front.lead.outlet_id]
        front.lead_story = _take(others, 3, used, once_an_outlet=True)
    front.secondary = _take(reporting, SECONDARY, used, once_a_story={front.lead and front.lead.story_id})
    front.opinion = _take([article for article in pool if article.is_opinion], OPINION, used)
    stories = _stories(by_story, at=at)
    front.lead_event = stories.pop(front.lead and front.lead.story_id, None)
    front.stories = _widely_covered(stories.values(), by_story)
    front.sections = _by_section(pool, used)
    return front


def _lead(reporting, by_story, *, at):
    """Choose the newest picture-bearing report of the story that most outlets tell, among the fresh ones."""
    fresh = [article for article in reporting if at - article.published_at <= LEAD_IS_FRESH]
    with_picture = [article for article in fresh or reporting if article.lead_image and article.outlet.shows_body]
    candidates = with_picture or fresh or reporting

    def weight(article):
        outlets = {other.outlet_id for other in by_story.get(article.story_id, ())}
        return (len(outlets), article.kind == Article.Kind.NEWS, article.published_at, article.pk)

    return max(candidates, key=weight, default=None)


def _take(articles, number, used, *, once_an_outlet=False, once_a_story=None):
    """Take up to ``number`` unused ``articles`` and mark them as used; ``once_a_story`` holds stories to pass over."""
    taken, outlets, stories = [], set(), set(once_a_story or ())
    for article in articles:
        if len(taken) == number:
            break
        told = once_a_story is not None and article.story_id and article.story_id in stories
        if article.pk in used or told or (once_an_outlet and article.outlet_id in outlets):
            continue
        taken.append(article)
        used.add(article.pk)
        outlets.add(article.outlet_id)
        stories.add(article.story_id)
    return taken


def _stories(by_story, *, at):
    """Return ``{id: story}`` of the stories that the pool tells, the one that most outlets tell first."""
    told = Story.objects.filter(pk__in=list(by_story)).told_by(Article.objects.live(at=at))
    return {story.pk: story for story in told.widest_first()}


def _widely_covered(stories, by_story):
    """Pair each story that many outlets tell with the newest report of each outlet."""
    widely = [story for story in stories if story.outlet_count >= LEAST_OUTLETS][:WIDELY]
    return [(story, _take(by_story[story.pk], TELLINGS, set(), once_an_outlet=True)) for story in widely]


def _by_section(pool, used):
    sections = defaultdict(list)
    for article in pool:
        if article.section_id and not article.is_opinion:
            sections[article.section].append(article)
    in_order = sorted(sections.items(), key=lambda pair: (pair[0].position, pair[0].name))
    taken = [(section, _take(articles, IN_SECTION, used)) for section, articles in in_order]
    return [(section, articles) for section, articles in taken if articles]
