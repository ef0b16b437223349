"""Which articles the public may see: one definition, tried on every combination, to the microsecond."""

import itertools
import random
from dataclasses import dataclass
from datetime import datetime

import pytest

from articles import models
from articles.models import Article
from tests import make
from tests.make import DAY, HOUR, MICROSECOND, NOON

pytestmark = pytest.mark.django_db

WITHDRAWAL = {"withdrawal_outcome": "notice", "withdrawal_reason": "Wrong."}
AROUND = [NOON - MICROSECOND, NOON, NOON + MICROSECOND]


@dataclass(frozen=True)
class Case:
    """One way in which an article can stand in the database."""

    state: str
    published_at: datetime | None
    embargo_until: datetime | None
    expires_at: datetime | None
    outlet_is_active: bool

    @property
    def can_exist(self):
        if self.published_at is None:
            return self.state == "draft"
        return self.expires_at is None or self.expires_at > self.published_at

    def is_public(self, at):
        """Say it in plain words: the oracle that the query and the property are held to."""
        if self.state != "published" or not self.outlet_is_active:
            return False
        begins = max(self.published_at, self.embargo_until or self.published_at)
        return begins <= at and not (self.expires_at and self.expires_at <= at)

    def was_taken_back(self, at):
        return (
            self.state == "withdrawn"
            and self.outlet_is_active
            and self.published_at <= at
            and not (self.embargo_until and self.embargo_until > NOON)  # withdrawn then: nobody had seen it
        )


CASES = [
    case
    for case in itertools.starmap(
        Case,
        itertools.product(
            ["draft", "published", "withdrawn"], [None, *AROUND], [None, *AROUND], [None, *AROUND], [True, False]
        ),
    )
    if case.can_exist
]


def store(cases):
    """Write the cases straight into the table, past every method that might refuse one; return ``{pk: case}``."""
    outlets = {active: make.outlet(f"Active: {active}", is_active=active) for active in (True, False)}
    rows = [
        Article(
            outlet=outlets[case.outlet_is_active],
            headline=f"Case {number}",
            slug=f"case-{number}",
            state=case.state,
            published_at=case.published_at,
            embargo_until=case.embargo_until,
            expires_at=case.expires_at,
            **({"withdrawn_at": NOON, **WITHDRAWAL} if case.state == "withdrawn" else {}),
        )
        for number, case in enumerate(cases)
    ]
    Article.objects.bulk_create(rows)
    headlines = {f"Case {number}": case for number, case in enumerate(cases)}
    return {pk: headlines[headline] for pk, headline in Article.objects.values_list("pk", "headline")}


def test_table_of_cases_has_public_ones_and_all_the_others():
    assert len(CASES) == 176
    assert sum(case.is_public(NOON) for case in CASES) == 12
    assert sum(case.was_taken_back(NOON) for case in CASES) == 15


@pytest.mark.parametrize("at", [*AROUND, NOON - DAY, NOON + DAY])
def test_public_sees_exactly_the_published_the_due_and_the_unexpired(at):
    cases = store(CASES)
    live = {cases[pk] for pk in Article.objects.live(at=at).values_list("pk", flat=True)}
    assert live == {case for case in CASES if case.is_public(at)}


@pytest.mark.parametrize("at", [*AROUND, NOON - DAY, NOON + DAY])
def test_article_says_of_itself_what_the_query_says(at):
    store(CASES)
    live = set(Article.objects.live(at=at))
    assert {row for row in Article.objects.select_related("outlet") if row.is_live(at=at)} == live


@pytest.mark.parametrize("at", AROUND[1:])
def test_withdrawn_are_only_those_that_the_public_may_have_seen(at):
    cases = store(CASES)
    withdrawn = {cases[pk] for pk in Article.objects.withdrawn(at=at).values_list("pk", flat=True)}
    assert withdrawn == {case for case in CASES if case.was_taken_back(at)}


def test_article_is_not_withdrawn_before_its_withdrawal():
    store(CASES)
    assert list(Article.objects.withdrawn(at=NOON - MICROSECOND)) == []


@pytest.mark.parametrize("at", AROUND)
def test_scheduled_are_the_published_whose_time_or_embargo_lies_ahead(at):
    cases = store(CASES)
    scheduled = {cases[pk] for pk in Article.objects.scheduled(at=at).values_list("pk", flat=True)}
    assert scheduled == {
        case
        for case in CASES
        if case.state == "published"
        and (case.published_at > at or (case.embargo_until is not None and case.embargo_until > at))
    }


def test_each_case_is_live_or_scheduled_or_neither_but_never_both():
    store(CASES)
    assert list(Article.objects.live(at=NOON) & Article.objects.scheduled(at=NOON)) == []


# --- the next change --------------------------------------------------------------------------------------------------


def some_cases(seed):
    """Return cases with times strewn over the minutes round noon."""
    dice = random.Random(seed)  # noqa: S311 - the same cases at every run
    minutes = [None, *(NOON + dice.randint(-50, 50) * HOUR / 60 for _ in range(8))]
    cases = set()
    while len(cases) < 12:
        case = Case(
            dice.choice(["draft", "published", "published", "withdrawn"]),
            *(dice.choice(minutes) for _ in range(3)),
            dice.random() < 0.8,
        )
        if case.can_exist:
            cases.add(case)
    return list(cases)


@pytest.mark.parametrize("seed", range(40))
def test_nothing_becomes_public_or_stops_being_so_between_the_instants(seed):
    cases = some_cases(seed)
    store(cases)
    start, end = NOON - 30 * HOUR / 60, NOON + 30 * HOUR / 60
    told = Article.objects.instants_between(start, end)
    moments = [start + minute * HOUR / 60 for minute in range(1, 61)]

    def public(at):
        return {case for case in cases if case.is_public(at)}

    changes = [at for at in moments if public(at) != public(at - MICROSECOND)]
    assert [at for at in changes if at not in told] == []
    times = {time for case in cases if case.state == "published" for time in (case.published_at, case.embargo_until)}
    times |= {case.expires_at for case in cases if case.state == "published"}
    assert told == sorted(time for time in times if time and start < time <= end)


def test_window_of_changes_leaves_out_its_start_and_holds_its_end():
    store([Case("published", time, None, None, True) for time in AROUND])
    assert Article.objects.instants_between(NOON - MICROSECOND, NOON) == [NOON]
    assert Article.objects.instants_between(NOON, NOON + MICROSECOND) == [NOON + MICROSECOND]
    assert Article.objects.instants_between(NOON + MICROSECOND, NOON + DAY) == []


def test_next_changes_cost_one_query(django_assert_num_queries):
    store(CASES)
    with django_assert_num_queries(1):
        assert Article.objects.instants_between(NOON - DAY, NOON + DAY) == AROUND


# --- order ------------------------------------------------------------------------------------------------------------


def test_articles_of_the_same_instant_have_one_order():
    made = [make.article(at=NOON) for _ in range(4)]
    older = make.article(at=NOON - HOUR)
    assert list(Article.objects.newest_first()) == [*made[::-1], older]
    assert list(Article.objects.first_report_first()) == [older, *made]


def test_every_order_that_a_list_can_have_ends_in_the_key():
    orders = {
        "Article.newest_first": models.Article.objects.newest_first(),
        "Article.first_report_first": models.Article.objects.first_report_first(),
        "Author.by_name": models.Author.objects.by_name(),
        "Comment.newest_first": models.Comment.objects.newest_first(),
        "Comment.oldest_first": models.Comment.objects.oldest_first(),
        "Correction.newest_first": models.Correction.objects.newest_first(),
        "Hashtag.by_name": models.Hashtag.objects.by_name(),
        "Hashtag.most_carried_first": models.Hashtag.objects.carried_by(Article.objects.all()).most_carried_first(),
        "Outlet.by_name": models.Outlet.objects.by_name(),
        "Section.in_order": models.Section.objects.in_order(),
        "Story.latest_first": models.Story.objects.told_by(Article.objects.all()).latest_first(),
        "Story.widest_first": models.Story.objects.told_by(Article.objects.all()).widest_first(),
    }
    assert {name: rows.query.order_by[-1].removeprefix("-") for name, rows in orders.items()} == dict.fromkeys(
        orders, "pk"
    )


def test_no_record_hides_rows_or_orders_them_by_itself():
    records = [getattr(models, name) for name in models.__all__ if isinstance(getattr(models, name), type)]
    records = [record for record in records if hasattr(record, "objects")]
    assert len(records) == 52
    assert {
        record.__name__: (record._meta.ordering, record.objects.all().query.where.children) for record in records
    } == {record.__name__: ([], []) for record in records}


# --- screens ----------------------------------------------------------------------------------------------------------


def full(number):
    """Make ``number`` articles that have everything an article can have."""
    made = []
    for _ in range(number):
        article = make.article(
            at=NOON,
            outlet=make.outlet(f"Paper {len(made)}"),
            section=make.section(f"Section {len(made)}"),
            story=make.story(),
            lead_image=make.image(width=12, height=8),
            hashtags=[make.hashtag(), make.hashtag()],
            authors=[make.author(), make.author()],
        )
        article.correct(by=None, at=NOON + HOUR, text="The river is the Sarn.")
        made.append(article)
    return made


def what_a_card_shows(article):
    bylines = [(byline.author.name, byline.get_role_display()) for byline in article.bylines.all()]
    return article.headline, article.outlet.name, article.section.name, article.lead_image.alt, bylines


@pytest.mark.parametrize("number", [1, 3])
def test_cards_cost_two_queries_and_load_no_body(django_assert_num_queries, number):
    full(number)
    with django_assert_num_queries(2):
        cards = list(Article.objects.live(at=NOON).for_cards())
        assert len([what_a_card_shows(card) for card in cards]) == number
    assert {frozenset(card.get_deferred_fields()) for card in cards} == {
        frozenset({"body", "embargo_note", "withdrawal_reason"})
    }


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_four_queries(django_assert_num_queries, number):
    article = full(number)[-1]
    with django_assert_num_queries(4):
        page = Article.objects.live(at=NOON).for_page().get(pk=article.pk)
        what_a_card_shows(page)
        assert (page.body, page.story.title) == (make.BODY, article.story.title)
        assert len(page.hashtags.all()) == 2
        assert [correction.text for correction in page.corrections.all()] == ["The river is the Sarn."]
        assert getattr(page, "reading_aid", None) is None


@pytest.mark.parametrize("number", [1, 3])
def test_desk_list_costs_one_query_and_loads_no_body(django_assert_num_queries, number):
    full(number)
    with django_assert_num_queries(1):
        rows = list(Article.objects.for_desk())
        assert len([(row.headline, row.outlet.name, row.section.name) for row in rows]) == number
    assert {frozenset(row.get_deferred_fields()) for row in rows} == {
        frozenset({"body", "embargo_note", "withdrawal_reason"})
    }


def test_authors_are_named_in_the_order_that_editors_gave():
    first, second = make.author("Zoe"), make.author("Ada")
    make.article(at=NOON, authors=[first, second])
    card = Article.objects.for_cards().get()
    assert [byline.author.name for byline in card.bylines.all()] == ["Zoe", "Ada"]


def test_articles_are_counted_once_each_in_every_facet():
    rivers, floods = make.hashtag("Rivers"), make.hashtag("Floods")
    tags = {"both": [rivers, floods], "one": [rivers], "none": []}
    made = {name: make.article(at=NOON, hashtags=on_it, section=make.section(name)) for name, on_it in tags.items()}
    live = Article.objects.live(at=NOON)
    assert live.facet("hashtags") == {rivers.pk: 2, floods.pk: 1, None: 1}
    assert live.newest_first().facet("section") == {article.section_id: 1 for article in made.values()}


def test_opinion_and_what_somebody_paid_for_is_no_reporting():
    kinds = {
        kind: make.article(at=NOON, kind=kind, sponsor="Acme" if kind == "sponsored" else "") for kind in Article.Kind
    }
    assert list(Article.objects.opinion()) == [kinds["opinion"]]
    assert set(Article.objects.reporting()) == {
        article for kind, article in kinds.items() if kind not in ("opinion", "sponsored")
    }
