"""Which articles are compared to the end, how likeness is bounded, and how outlets take turns at the desk."""

import math

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, Due, RelatedLink, TermVector
from articles.related import index, postings, scoring
from tests import make
from tests.make import DAY, NOON
from tests.related.reports import flood, relate

pytestmark = pytest.mark.django_db
WIRE = "".join(f"<p>{place} and the dyke of the Sarn at Ottery, and no more of it.</p>" for place in "abcdefghi")


def compared(likeness, *, twin=False, **fields):
    """Return an article as a candidate for another with the same text, whose terms are so like its own."""
    one, other = (flood(f"Paper {name}", at=NOON, body=WIRE, **fields) for name in "AB")
    relate(one, other, at=NOON)
    weighed = index.weigh(TermVector.objects.get(article=one))
    stored = TermVector.objects.filter(article=other)
    (same,) = scoring.compare(one, weighed, {other.pk}, at=NOON)
    stored.update(norm=same.dot / (weighed.length * likeness))
    return scoring.compare(one, weighed, {one.pk, other.pk}, at=NOON, twins={other.pk} if twin else ())


@pytest.mark.parametrize(("likeness", "number"), [(0.0499, 0), (0.0501, 1)])
def test_articles_have_something_in_common_from_a_twentieth_on(likeness, number):
    assert len(compared(likeness)) == number


@pytest.mark.parametrize(
    ("likeness", "twin", "is_copy"), [(0.299, False, False), (0.301, False, True), (0.01, True, True)]
)
def test_texts_are_compared_whose_terms_are_alike_or_whose_bands_agree(likeness, twin, is_copy):
    assert [candidate.is_copy for candidate in compared(likeness, twin=twin)] == [is_copy]


def test_likeness_is_one_at_most():
    assert [candidate.terms for candidate in compared(1.2)] == [1.0]


@pytest.mark.parametrize(
    ("one", "other", "days", "freshness"),
    [
        ({}, {}, 0, 1.0),
        ({}, {}, 5, 0.35 + 0.65 / math.e),
        ({}, {"kind": "analysis"}, 8, 0.35 + 0.65 / math.e),
        ({"kind": "opinion"}, {}, 8, 0.35 + 0.65 / math.e),
        ({"kind": "interview"}, {}, -8, 0.35 + 0.65 / math.e),
        ({}, {}, -5, 0.35 + 0.65 / math.e),
        ({"date_is_estimated": True}, {}, 0, 0.65),
        ({}, {"date_is_estimated": True}, 0, 0.65),
        ({}, {}, 3650, 0.35),
    ],
)
def test_freshness_falls_with_the_days_between_and_more_slowly_for_what_explains(one, other, days, freshness):
    article = flood("Paper A", at=NOON, body=WIRE, **one)
    earlier = flood("Paper B", at=NOON - days * DAY, body=WIRE, **other)
    relate(article, earlier, at=NOON + 9 * DAY)
    weighed = index.weigh(TermVector.objects.get(article=article))
    (found,) = scoring.compare(article, weighed, {earlier.pk}, at=NOON + 9 * DAY)
    assert found.freshness == pytest.approx(freshness)


def test_draft_is_compared_as_if_it_came_out_now():
    draft, other = make.draft("Paper A", body=WIRE), flood("Paper B", at=NOON - 5 * DAY, body=WIRE)
    relate(other, at=NOON)
    (found,) = scoring.compare(draft, index.look(draft), {other.pk}, at=NOON)
    assert found.freshness == pytest.approx(0.35 + 0.65 / math.e)


def test_what_turns_out_to_be_paid_for_is_no_candidate_from_then_on():
    one, other = (flood(f"Paper {name}", at=NOON, body=WIRE) for name in "AB")
    relate(one, other, at=NOON)
    Article.objects.filter(pk=other.pk).update(kind="sponsored", sponsor="A spa")
    weighed = index.weigh(TermVector.objects.get(article=one))
    assert scoring.compare(one, weighed, {other.pk}, at=NOON) == []


def test_twelve_shared_terms_are_remembered():
    assert [
        len(candidate.shared) for candidate in compared(1.0, standfirst=" ".join(f"zq{n}x" for n in range(20)))
    ] == [12]


def test_of_terms_that_weigh_the_same_the_lower_number_is_remembered_first():
    (candidate,) = compared(1.0)
    candidate.__dict__["overlap"] = {5: 0.1, 3: 0.1, 9: 0.2}
    assert candidate.shared == [9, 3, 5]


def test_more_than_a_hundred_are_compared_at_once():
    one = flood("Sarn dyke breaks", at=NOON)
    others = [flood("Sarn dyke mended", at=NOON, outlet="The Lantern") for _ in range(101)]
    index.put_all([one, *others])
    weighed = index.weigh(TermVector.objects.get(article=one))
    found = scoring.compare(one, weighed, {other.pk for other in others}, at=NOON)
    assert {candidate.article_id for candidate in found} == {other.pk for other in others}


def candidate(outlet, likeness):
    """Return an article of ``outlet`` that is so like another."""
    article = make.article(at=NOON, outlet=outlet)
    facts = (article.pk, article.outlet_id, None, None, NOON)
    return scoring.Candidate(*facts, False, article.kind, False, (), {}, likeness, 1.0, likeness)


def arranged(*candidates, number=9, own="Own"):
    outlets = dict(Article.objects.values_list("pk", "outlet__name"))
    found = scoring.arrange(candidates, number, own_outlet=make.outlet(own).pk)
    return [(outlets[each.article_id], each.terms, each.variety) for each in found]


@pytest.mark.parametrize(("other", "first"), [(0.461, "B"), (0.459, "Own")])
def test_own_outlet_is_damped_by_92_hundredths(other, first):
    assert arranged(candidate("Own", 0.5), candidate("B", other))[0][0] == first


def test_each_further_article_of_an_outlet_is_damped_once_more_and_none_that_stands_before_it():
    found = arranged(*[candidate("A", likeness) for likeness in (0.9, 0.8, 0.7)], candidate("B", 0.6), number=3)
    assert [(outlet, likeness, round(variety, 4)) for outlet, likeness, variety in found] == [
        ("A", 0.9, 1.0),
        ("A", 0.8, 0.92),
        ("B", 0.6, 1.0),
    ]


def test_one_that_was_damped_in_vain_hides_none_behind_it():
    found = arranged(candidate("Own", 1.0), candidate("Own", 0.9), candidate("B", 0.95), candidate("C", 0.93))
    assert [(outlet, likeness) for outlet, likeness, _ in found] == [
        ("B", 0.95),
        ("C", 0.93),
        ("Own", 1.0),
        ("Own", 0.9),
    ]


def test_of_two_equally_alike_the_one_that_was_first_stands_first():
    first, second = candidate("A", 0.5), candidate("B", 0.5)
    assert [outlet for outlet, *_ in arranged(second, first)] == ["A", "B"]


# --- what stays linked ------------------------------------------------------------------------------------------------


def test_text_that_is_the_same_stays_linked_though_nothing_leads_to_it_any_more():
    one, other = flood("Sarn dyke breaks", body=WIRE, at=NOON), make.article("Cellist", standfirst="", at=NOON)
    relate(other, one, at=NOON)
    TermVector.objects.filter(article=other).update(signature=TermVector.objects.get(article=one).signature)
    RelatedLink.objects.create(article=one, related=other, position=0, score=0.5, likeness=1, reason="The same text")
    relate(one, at=NOON)
    assert RelatedLink.objects.filter(article=one, related=other, likeness=1).exists()


def test_text_that_is_the_same_is_linked_however_few_terms_it_shares():
    one, other = flood("Sarn dyke breaks", body=WIRE, at=NOON), make.article("Cellist", standfirst="", at=NOON)
    signature = index.vector_of(one).signature
    relate(other, at=NOON)
    TermVector.objects.filter(article=other).update(signature=signature)
    postings.replace({}, {other.pk: postings.bands(signature)})
    relate(one, at=NOON)
    assert RelatedLink.objects.get(article=one, related=other).likeness == 1


def test_links_to_an_article_are_kept_current_in_the_hundred_newest_that_have_it():
    article, outlet = flood("Sarn dyke breaks"), make.outlet("The Lantern")
    relate(article)
    others = [
        Article(outlet=outlet, headline="Dyke", slug="dyke", state="published", published_at=NOON) for _ in range(102)
    ]
    others = Article.objects.bulk_create(others)
    mine = TermVector.objects.get(article=article)
    stored = {"numbers": mine.numbers, "weights": mine.weights, "norm": mine.norm, "signature": b"", "source_hash": ""}
    TermVector.objects.bulk_create(TermVector(article=other, weighed_among=1, **stored) for other in others)
    RelatedLink.objects.bulk_create(
        RelatedLink(article=other, related=article, position=0, score=9, reason="Why") for other in others
    )
    related.relate(article, at=timezone.now())
    assert list(RelatedLink.objects.filter(score=9).order_by("article").values_list("article", flat=True)) == [
        other.pk for other in others[:2]
    ]


def seventeen(*, days):
    """Return an article and 17 others with the same words, the first so many days older than it, the last a day."""
    same = {"standfirst": "", "body": "<p>Water stands in the meadows.</p>"}
    ages = [1 + days * place / 16 for place in range(16, -1, -1)]
    others = [flood("Sarn dyke mended", at=NOON - age * make.DAY, outlet=f"{age}", **same) for age in ages]
    return flood("Sarn dyke breaks", at=NOON, **same), others


def linked(article):
    links = RelatedLink.objects.filter(article=article, is_pinned=False)
    return list(links.order_by("related").values_list("related", flat=True))


def test_newer_article_takes_the_place_of_the_one_that_is_least_like_and_never_that_of_a_pin():
    article, others = seventeen(days=8)
    pinned = make.article("Pinned", at=NOON)
    RelatedLink.objects.create(article=article, related=pinned, position=0, score=9, is_pinned=True, reason="Why")
    index.put_all([article, *others])
    relate(article, *others, at=NOON)
    assert linked(article) == [other.pk for other in others[1:]]


def test_of_all_that_are_equally_alike_the_first_stay_linked():
    article, others = seventeen(days=0)
    index.put_all([article, *others])
    index.renew([each.pk for each in (article, *others)])
    relate(article, at=NOON)
    assert linked(article) == [other.pk for other in others[:16]]


def test_article_is_offered_to_none_but_those_that_it_is_most_like():
    article, others = seventeen(days=8)
    related.relate_everything(at=NOON)
    RelatedLink.objects.all().delete()
    relate(article, at=NOON)
    assert set(RelatedLink.objects.values_list("article", flat=True)) == {article.pk, *[o.pk for o in others[1:]]}


GAIN = (1.4 * math.log((2 + 20) / 2) ** 0.75) ** 2  # of a word that two of two articles have, once in the body


def two_with_a_word_of_their_own(**stored):
    """Return two articles of one and the same word: it was the first one's alone until the other was related."""
    one, other = (make.article("And", standfirst="", body="<p>Zworkle.</p>", at=NOON, outlet=name) for name in "AB")
    relate(one, at=NOON)
    TermVector.objects.filter(article=one).update(**stored)
    relate(other, at=NOON)
    return one, other


def squared(article):
    return TermVector.objects.get(article=article).norm ** 2


@pytest.mark.parametrize(("short", "is_put_right"), [(0.099, False), (0.101, True), (1.0, True)])
def test_length_is_put_right_once_where_its_square_is_a_tenth_too_small(short, is_put_right):
    one, other = two_with_a_word_of_their_own(norm=(GAIN / short) ** 0.5)
    wanted = pytest.approx(GAIN / short + (GAIN if is_put_right else 0))
    assert squared(one) == wanted
    assert RelatedLink.objects.get(article=other).parts["terms"] == pytest.approx(
        (GAIN / squared(one)) ** 0.5, abs=0.0001
    )
    relate(other, at=NOON)
    assert squared(one) == wanted


def test_length_of_an_article_that_is_weighed_anew_is_not_put_right_besides():
    one, _ = two_with_a_word_of_their_own(norm=1, weighed_among=5)
    assert squared(one) == pytest.approx(GAIN)


def test_likest_is_weighed_anew_where_the_site_has_doubled_and_not_related_again_as_long_as_rarities_hold():
    far, near = flood("Museum shows old dykes", at=NOON), flood("Sarn dyke breaks", at=NOON)
    relate(far, near, at=NOON)
    TermVector.objects.update(weighed_among=1)
    third = flood("Sarn dyke breaks again", at=NOON)
    Due.objects.all().delete()
    relate(third, at=NOON)
    assert list(TermVector.objects.order_by("pk").values_list("weighed_among", flat=True)) == [1, 3, 3]
    assert not Due.objects.filter(kind="relate").exists()


def test_article_that_is_found_to_have_little_in_common_when_it_is_weighed_anew_gets_no_link():
    words = [" ".join(f"{side}q{chr(97 + n)}x" for n in range(24)) for side in "vw"]
    first, second, one, other = (
        make.article("And", standfirst="", body=f"<p>{text}</p>", at=NOON, outlet=f"Paper {place}")
        for place, text in enumerate((*words, f"{words[0]} zworkle", f"{words[1]} zworkle"))
    )
    relate(first, second, one, at=NOON)
    TermVector.objects.filter(article=one).update(norm=1, weighed_among=50)
    relate(other, at=NOON)
    assert set(RelatedLink.objects.filter(article=other).values_list("related", flat=True)) == {second.pk}
